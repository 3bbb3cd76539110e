import { recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import { loadChannelAccounts } from '../../delivery/channel-accounts.ts';
import { type Installation, listConnections } from '../../doctor/list-connections.ts';
import { testConnection } from '../../doctor/test-connection.ts';
import { followTestMessage, sendTestMessage } from '../../doctor/test-message.ts';
import type { Register } from '../register.ts';

/** What the installation is connected to, and how each connection fares. */
export function channelAccountRoutes(register: Register, context: AppContext): void {
  const { database, city, config, accounts, mail, clock, unitOfWork } = context;
  const here = (): Installation => ({ db: database.db, config, city, accounts, mail, now: clock.now() });

  register(api.listChannelAccounts, () => loadChannelAccounts(database.db, city, accounts, clock.now()));

  register(api.listConnections, () => listConnections(here()));

  register(api.testConnection, async ({ params, origin }) => {
    if (!context.checks) throw new AppError('unavailable');
    const began = clock.now();
    const findings = await testConnection(here(), context.checks, params.id);
    const bad = findings.filter(({ verdict }) => verdict === 'bad').map(({ what }) => what);
    await unitOfWork((unit) =>
      recordAudit(unit, origin, { action: 'connection.tested', target: params.id, after: { bad } }),
    );
    const at = clock.now();
    return { id: params.id, at: at.toISOString(), milliseconds: at.getTime() - began.getTime(), findings };
  });

  register(api.sendTestMessage, async ({ params, body, origin }) => {
    const sent = await sendTestMessage(here(), context, params.id, body.to);
    await unitOfWork((unit) =>
      recordAudit(unit, origin, {
        action: 'connection.message_sent',
        target: params.id,
        after: { to: body.to, step: sent.steps.at(-1)?.step ?? null },
      }),
    );
    return sent;
  });

  register(api.followTestMessage, ({ params }) => followTestMessage(database.db, params.id, params.messageId));
}
