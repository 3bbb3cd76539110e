import { createHash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { giveReceipt } from '../../administration/receipts.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import { countFollowers } from '../../citizens/change-hands.ts';
import type { AppContext } from '../../context.ts';
import type { Tables } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { blockersOf, waitsFor } from './blockers.ts';
import { rememberErasure } from './erasure-list.ts';
import { countRows } from './inventory.ts';
import { removeFiles } from './person-files.ts';
import { personalRows } from './personal-rows.ts';
import { type PersonScope, scopeOf } from './scope.ts';
import { eraseElsewhere } from './words-elsewhere.ts';

type Parts = Pick<AppContext, 'database' | 'unitOfWork' | 'files' | 'lines' | 'log' | 'city'>;
type Request = Selectable<Tables['subject_request']>;

/**
 * Forgets a person whose request was confirmed and whose time for second thoughts is over. Each step can be done again,
 * so whoever goes on after a crash begins anew and ends where the first one would have. Folios, numbers and figures stay.
 */
export async function erasePerson(parts: Parts, requestId: string): Promise<void> {
  const { database, unitOfWork } = parts;
  const request = await unitOfWork((unit) => begin(unit, parts, requestId));
  if (!request) return;
  const scope = await scopeOf(database.db, request.citizen_id, request.under_way?.knownBy);
  await eraseElsewhere(parts, scope);
  const files = await removeFiles(parts, scope);
  const followed = await casesFollowed(parts, scope);
  for (const { table, of, erased } of personalRows) {
    await unitOfWork(async ({ tx, now }) => {
      const name = sql.table(table);
      await (erased === 'gone'
        ? sql`delete from ${name} t where ${of(scope)}`
        : sql`update ${name} t set ${erased} where ${of(scope)}`
      ).execute(tx);
      await tx.updateTable('subject_request').set({ heard_at: now }).where('id', '=', requestId).execute();
    });
  }
  await rememberErasure(parts.files, scope.people);
  await unitOfWork((unit) => finish(unit, request, { scope, files, followed }));
}

/**
 * From here on nobody is known by these addresses: whoever writes from one is somebody new.
 * @returns null when it is not time, or something stands in the way
 */
async function begin(unit: Unit, { city }: Parts, requestId: string): Promise<Request | null> {
  const { tx, now } = unit;
  const request = await tx
    .selectFrom('subject_request')
    .selectAll()
    .where('id', '=', requestId)
    .forUpdate()
    .executeTakeFirst();
  if (request?.state === 'erasing') return request;
  if (request?.state !== 'grace' || !request.erase_after || request.erase_after > now) return null;
  await sql`select id from conversation where citizen_id = ${request.citizen_id} order by id for update`.execute(tx);
  const scope = await scopeOf(tx, request.citizen_id);
  const waiting = waitsFor(await blockersOf(tx, city, scope));
  const standing = { waits_for: waiting, heard_at: now };
  if (waiting) {
    await tx.updateTable('subject_request').set(standing).where('id', '=', requestId).execute();
    return null;
  }
  const rows = await countRows(tx, scope);
  await forgetAddresses(unit, scope);
  return tx
    .updateTable('subject_request')
    .set({ ...standing, state: 'erasing', under_way: json({ knownBy: scope.knownBy, rows }) })
    .where('id', '=', requestId)
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function forgetAddresses({ tx }: Unit, { people, conversations }: PersonScope): Promise<void> {
  await sql`delete from address_alias a using conversation c
    where c.id = any(${conversations}) and c.channel_account_id = a.channel_account_id and c.address = a.address`.execute(
    tx,
  );
  await sql`update conversation set address = 'erased:' || id, reply_to = null, thread = ''
    where id = any(${conversations})`.execute(tx);
  await sql`delete from identity where citizen_id = any(${people})`.execute(tx);
}

async function casesFollowed({ database }: Parts, { people }: PersonScope): Promise<string[]> {
  const rows = await database.db
    .selectFrom('case_follower')
    .select('case_id')
    .distinct()
    .where('citizen_id', 'in', people)
    .execute();
  return rows.map(({ case_id: id }) => id);
}

interface Done {
  scope: PersonScope;
  files: number;
  followed: string[];
}

async function finish(unit: Unit, request: Request, { scope, files, followed }: Done): Promise<void> {
  const { tx, now } = unit;
  await tx
    .updateTable('citizen')
    .set({
      name: null,
      email: null,
      phone: null,
      about: null,
      preferred_channel: null,
      erased_at: now,
      updated_at: now,
    })
    .where('id', 'in', scope.people)
    .execute();
  await countFollowers(unit, followed);
  await tx
    .updateTable('subject_request')
    .set({ state: 'done', finished_at: now, under_way: null, waits_for: null, heard_at: now })
    .where('id', '=', request.id)
    .execute();
  const { confirmed_by: id, confirmed_by_name: name } = request;
  const origin = { actor: id && name ? { id, name } : null, address: null, requestId: null };
  const done = { request: request.id, right: request.kind, rows: request.under_way?.rows ?? {}, files };
  const sha256 = createHash('sha256')
    .update(JSON.stringify({ ...done, people: scope.people, at: now }))
    .digest('hex');
  await giveReceipt(unit, origin, 'erasure', { ...done, sha256 });
  await recordAudit(unit, origin, { action: 'citizen.erased', target: request.citizen_id });
  for (const citizenId of scope.people) unit.emit('citizen.changed', { citizenId });
  unit.emit('tickets.changed', scope.tickets);
  // The bot unlearns what it had learnt from their words.
  if (done.rows.utterance) unit.emit('configuration.changed', 'content');
}
