import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';

const rowsOf = (table: string): RawBuilder<unknown> =>
  sql`(select key${sql.raw(table === 'operator' || table === 'channel_account' ? '' : '::uuid')} from sample_row where table_name = ${table})`;

/** Tables whose rows go by themselves with the people, contacts and cases that they are about. */
export const goesAlong = [
  'auth_account',
  'auth_session',
  'auth_two_factor',
  'bulk_action',
  'citizen_merge',
  'external_reference',
  'follow_up',
  'invitation',
  'legal_hold',
  'operator_skill',
  'quality_calibration',
  'quality_review',
  'queue_operator',
  'saved_view',
  'spelling_word',
  'subject_request',
  'team_message',
  'ticket_merge',
] as const;

/** Whose rows go, in an order in which nothing refers to what is gone: those of the day, and whatever was added to them since. */
export function steps(): readonly (readonly [string, RawBuilder<unknown>])[] {
  const operators = rowsOf('operator');
  const citizens = rowsOf('citizen');
  const conversations = rowsOf('conversation');
  const tickets = rowsOf('ticket');
  const calls = rowsOf('call');
  const cases = rowsOf('service_case');
  const messages = sql`(select id from message where conversation_id in ${conversations})`;
  const broadcasts = sql`(select id from broadcast where case_id in ${cases})`;
  return [
    ['webhook_delivery', sql`ticket_id in ${tickets} or case_id in ${cases}`],
    ['search_due', sql`ticket_id in ${tickets}`],
    ['search_entry', sql`ticket_id in ${tickets}`],
    ['contact_stretch', sql`ticket_id in ${tickets}`],
    ['contact_fact', sql`ticket_id in ${tickets}`],
    ['incident_ticket', sql`ticket_id in ${tickets}`],
    ['incident_case', sql`case_id in ${cases}`],
    ['incident', sql`case_id in ${cases}`],
    ['chat_link', sql`call_id in ${calls}`],
    ['broadcast_recipient', sql`citizen_id in ${citizens} or broadcast_id in ${broadcasts}`],
    ['broadcast', sql`case_id in ${cases}`],
    ['case_attachment', sql`case_id in ${cases}`],
    ['media_fetch', sql`message_id in ${messages}`],
    ['call_recording', sql`call_id in ${calls}`],
    ['call_fact', sql`call_id in ${calls}`],
    ['call_leg', sql`call_id in ${calls}`],
    ['call', sql`id in ${calls}`],
    ['callback', sql`ticket_id in ${tickets}`],
    ['offer', sql`ticket_id in ${tickets} or operator_id in ${operators}`],
    ['bot_turn', sql`ticket_id in ${tickets}`],
    ['case_ticket', sql`ticket_id in ${tickets} or case_id in ${cases}`],
    ['case_event', sql`case_id in ${cases}`],
    ['case_follower', sql`case_id in ${cases} or citizen_id in ${citizens}`],
    ['ticket_event', sql`ticket_id in ${tickets}`],
    ['message_piece', sql`message_id in ${messages}`],
    ['email', sql`message_id in ${messages}`],
    ['email_participant', sql`conversation_id in ${conversations}`],
    ['email_reference', sql`conversation_id in ${conversations}`],
    ['email_token', sql`conversation_id in ${conversations}`],
    ['message', sql`conversation_id in ${conversations}`],
    ['service_case', sql`id in ${cases}`],
    ['ticket', sql`id in ${tickets}`],
    // Said to whoever keeps figures when the rows above went.
    ['contact_stale', sql`ticket_id in ${tickets}`],
    ['attachment', sql`conversation_id in ${conversations}`],
    ['conversation', sql`id in ${conversations}`],
    ['citizen_warning', sql`citizen_id in ${citizens}`],
    ['identity', sql`citizen_id in ${citizens}`],
    ['citizen', sql`id in ${citizens}`],
    ['presence_event', sql`operator_id in ${operators}`],
    ['presence', sql`operator_id in ${operators}`],
    ['operator', sql`id in ${operators}`],
    ['channel_account', sql`id in ${rowsOf('channel_account')}`],
  ];
}

/**
 * Takes a sample day away with all that has come of it.
 * @returns how many rows of which tables
 * @throws AppError `sample_day_is_tied` while somebody real is merged with somebody of it
 */
export async function removeDay(unit: Unit): Promise<Record<string, number>> {
  const { tx } = unit;
  const tied = await sql`
    select from citizen_merge
    where undone_at is null and (kept_id in ${rowsOf('citizen')} or merged_id in ${rowsOf('citizen')}) limit 1`.execute(
    tx,
  );
  if (tied.rows.length > 0) throw new AppError('sample_day_is_tied');
  await sql`delete from citizen_merge where kept_id in ${rowsOf('citizen')} or merged_id in ${rowsOf('citizen')}`.execute(
    tx,
  );
  const removed: Record<string, number> = {};
  for (const [table, where] of steps()) {
    const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ${where}`.execute(tx);
    if (numAffectedRows) removed[table] = Number(numAffectedRows);
  }
  await tx.deleteFrom('sample_row').execute();
  await tx.deleteFrom('sample_day').execute();
  unit.emit('configuration.changed', 'operators');
  return removed;
}
