import { type RawBuilder, sql } from 'kysely';
import type { RetentionClass } from '../../contract/data-words.ts';
import { forgetCases } from './forget-cases.ts';
import { forgetBotTurns, forgetFiles, forgetWords } from './forget-contacts.ts';
import { forgetRawInputs } from './forget-raw-inputs.ts';
import { forgetRecordings, forgetTranscripts } from './forget-recordings.ts';
import { heldCase, heldPerson, heldTicket } from './held.ts';
import type { RetentionParts } from './retention-parts.ts';

/** A class of data: where it is, since when it ages, what holds it back, and how it goes. */
export interface Term {
  /** A relation `x` with its conditions: what is open is not among it. */
  from: RawBuilder<unknown>;
  key: RawBuilder<unknown>;
  at: RawBuilder<unknown>;
  held: RawBuilder<unknown>;
  /** Done again it changes nothing. */
  forget(parts: RetentionParts, keys: readonly string[]): Promise<void>;
}

const nothing = sql`false`;
const contacts = {
  from: sql`ticket x where x.state = 'closed' and not x.protected`,
  key: sql`x.id`,
  at: sql`x.closed_at`,
  held: heldTicket,
};
const recordings = (kind: string, more: RawBuilder<unknown>) => ({
  from: sql`call_recording x join call k on k.id = x.call_id join ticket t on t.id = k.ticket_id
    where x.state = 'kept' and x.kind = ${kind} and ${more}`,
  key: sql`x.id`,
  at: sql`x.started_at`,
  held: heldPerson(sql`t.citizen_id`),
});

/** Rows that stand for nothing else are deleted as they are. */
const deleted =
  (table: string, type: 'uuid' | 'bigint'): Term['forget'] =>
  async ({ database }, keys) => {
    await sql`delete from ${sql.table(table)} where id = any(${[...keys]}::${sql.raw(type)}[])`.execute(database.db);
  };

export const terms: Record<RetentionClass, Term> = {
  messages: { ...contacts, forget: forgetWords },
  attachments: { ...contacts, forget: forgetFiles },
  recordings: { ...recordings('call', sql`true`), forget: forgetRecordings },
  voicemail: { ...recordings('voicemail', sql`true`), forget: forgetRecordings },
  transcripts: { ...recordings('voicemail', sql`x.transcript is not null`), forget: forgetTranscripts },
  raw_inputs: {
    from: sql`raw_input x where true`,
    key: sql`x.id`,
    at: sql`x.received_at`,
    held: nothing,
    forget: forgetRawInputs,
  },
  bot_turns: { ...contacts, forget: forgetBotTurns },
  cases: {
    from: sql`service_case x where x.closed_at is not null and not x.protected`,
    key: sql`x.id`,
    at: sql`x.closed_at`,
    held: heldCase,
    forget: forgetCases,
  },
  protected: {
    from: sql`(
      select 't' || t.id as id, t.id as own, t.citizen_id, t.closed_at, true as contact from ticket t
      where t.state = 'closed' and t.protected
      union all
      select 'c' || c.id, c.id, c.citizen_id, c.closed_at, false from service_case c
      where c.closed_at is not null and c.protected) x where true`,
    key: sql`x.id`,
    at: sql`x.closed_at`,
    held: sql`(${heldPerson(sql`x.citizen_id`)}
      or exists (select from legal_hold h where h.released_at is null and h.case_id = x.own)
      or exists (
        select from case_ticket k join service_case c on c.id = k.case_id
        where k.ticket_id = x.own and c.closed_at is null))`,
    async forget(parts, keys) {
      const of = (kind: string) => keys.filter((key) => key.startsWith(kind)).map((key) => key.slice(1));
      await forgetWords(parts, of('t'));
      await forgetBotTurns(parts, of('t'));
      await forgetCases(parts, of('c'));
    },
  },
  addresses: {
    from: sql`audit_log x where x.address is not null`,
    key: sql`x.id`,
    at: sql`x.at`,
    held: nothing,
    async forget({ database }, keys) {
      await sql`update audit_log set address = null where id = any(${[...keys]}::bigint[])`.execute(database.db);
      await sql`delete from auth_session where expires_at < (
        select max(at) from audit_log where id = any(${[...keys]}::bigint[]))`.execute(database.db);
    },
  },
  presence: {
    // How somebody stands now is told by their last line, however old.
    from: sql`presence_event x where exists (
      select from presence_event n where n.operator_id = x.operator_id and (n.at, n.id) > (x.at, x.id))`,
    key: sql`x.id`,
    at: sql`x.at`,
    held: nothing,
    forget: deleted('presence_event', 'bigint'),
  },
  webhooks: {
    from: sql`webhook_delivery x where x.state <> 'waiting'`,
    key: sql`x.id`,
    at: sql`x.created_at`,
    held: nothing,
    forget: deleted('webhook_delivery', 'uuid'),
  },
  audit: {
    from: sql`audit_log x where true`,
    key: sql`x.id`,
    at: sql`x.at`,
    held: sql`exists (
      select from legal_hold h where h.released_at is null and x.target in (h.citizen_id::text, h.case_id::text))`,
    forget: deleted('audit_log', 'bigint'),
  },
};
