import { parseArgs } from 'node:util';
import { recordAudit } from '../audit/record-audit.ts';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { openDatabase } from '../database/database.ts';
import { reachDatabase } from '../database/reach-database.ts';
import { createUnitOfWork } from '../database/unit-of-work.ts';
import { createEventBus } from '../event-bus.ts';
import { createLog } from '../log.ts';
import { installationSecret } from '../secrets.ts';
import { createInvitationLinks } from './invitation-links.ts';
import { invite } from './invitations.ts';
import { removeTwoFactor } from './sessions.ts';

const USAGE = `npm run let-in -- ADDRESS [--without-second-step]

For the day when nobody who administers can sign in: prints a link by which the person of that address chooses a new
password, and takes their second step away if asked to. It is on record, as done at the server.`;

/** @returns what to print */
async function letIn(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'without-second-step': { type: 'boolean', default: false } },
  });
  const [email] = positionals;
  if (!email) throw new Error(USAGE);
  const config = readConfig();
  const { url, release } = await reachDatabase(config);
  try {
    const database = await openDatabase(url, 2);
    try {
      const secret = config.SECRET ?? (await installationSecret(database.db, systemClock.now()));
      const links = createInvitationLinks(secret, config.PUBLIC_URL ?? `http://localhost:${config.PORT}`);
      // It promises no jobs, so nobody need be told of any.
      const unitOfWork = createUnitOfWork(database, createEventBus(createLog('error')), systemClock, () => undefined);
      return await unitOfWork(async (unit) => {
        const person = await unit.tx
          .selectFrom('operator')
          .select(['id', 'two_factor_enabled'])
          .where('email', '=', email.trim().toLowerCase())
          .executeTakeFirst();
        if (!person) throw new Error(`Nobody here has the address ${email}.`);
        const origin = { actor: null, address: null, requestId: null };
        const removes = values['without-second-step'] && person.two_factor_enabled;
        if (removes) await removeTwoFactor(unit, person.id);
        const { token, expiresAt } = await invite(unit, links, { operatorId: person.id, by: null, mail: false });
        const after = { by: 'server', secondStep: removes ? 'removed' : 'kept', expiresAt };
        await recordAudit(unit, origin, { action: 'operator.invited', target: person.id, after });
        return `Opens once, until ${expiresAt.toISOString()}:\n\n  ${links.linkOf(token)}\n`;
      });
    } finally {
      await database.close();
    }
  } finally {
    await release();
  }
}

try {
  console.log(await letIn(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
