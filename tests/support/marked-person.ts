import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { personalRows } from '../../server/data/person/personal-rows.ts';
import type { PersonScope } from '../../server/data/person/scope.ts';
import type { Db } from '../../server/database/database.ts';
import type { FileStore } from '../../server/files/file-store.ts';

/** Columns that say what the city did, never who somebody is. A new column of a personal table is either here or erased. */
const CITY_COLUMNS = new Set([
  ...['channel', 'channel_account_id', 'mailbox', 'queue_id', 'operator_id', 'operator_name', 'reserved_for'],
  ...[
    'preferred_operator_id',
    'last_direction',
    'state',
    'status',
    'step',
    'why',
    'how',
    'kind',
    'type',
    'direction',
    'author_type',
  ],
  ...['actor_type', 'locale', 'topic', 'needs', 'disposition', 'outcome', 'understood', 'certainty', 'department_id'],
  ...['service_id', 'colonia', 'colonia_id', 'owner', 'line', 'stage', 'recording', 'role', 'folio', 'consent_version'],
  ...['marked_by', 'marked_by_name', 'reviewed', 'reviewed_by', 'mark', 'placed_by', 'placed_by_name', 'abandoned_in'],
  ...['released_by_name', 'reviewer_id', 'actor_id', 'actor_name', 'author_id', 'author_name', 'times', 'appeal'],
  // Keys of the file store: the bytes they lead to are marked instead.
  ...['storage_key', 'raw_key', 'sha256', 'mime_type'],
]);

/** Tables that point at people, contacts or cases and hold no words about them, or are seen to by the erasure itself. */
const APART = new Set([
  // The erasure's own steps: who somebody is, how they are reached, their files.
  ...['identity', 'conversation', 'subject_request', 'attachment', 'address_alias'],
  // Figures and what is folded from them.
  ...['contact_fact', 'contact_stale', 'contact_stretch', 'search_due', 'suggestion_use'],
  // Which goes with which, by ids alone; what was said to all who follow a case.
  ...['case_ticket', 'case_attachment', 'incident', 'incident_case', 'incident_ticket', 'broadcast', 'offer'],
  ...['quality_calibration', 'data_import_row'],
]);

/** Tables that point at people, contacts, messages, calls or cases, and of which nobody decided what erasure does. */
export async function undecidedTables(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname = 'public' and a.attnum > 0 and not a.attisdropped
      and a.attname in ('citizen_id', 'ticket_id', 'conversation_id', 'message_id', 'call_id', 'case_id')
    union
    select conrelid::regclass::text from pg_constraint where contype = 'f' and confrelid::regclass::text in
      ('citizen', 'ticket', 'conversation', 'message', 'call', 'service_case')`.execute(db);
  const decided = new Set([...personalRows.map(({ table }) => table), ...APART, 'citizen']);
  return rows.flatMap(({ name }) => (decided.has(name) ? [] : name)).sort();
}

interface Column {
  table: string;
  name: string;
  type: string;
}

/** Every column of every table that can hold words, by PostgreSQL's own catalogue. */
async function wordColumns(db: Db): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table, a.attname as name, t.typname as type
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_type t on t.oid = a.atttypid
    where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
      and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'
      and t.typname in ('text', 'varchar', 'bpchar', 'json', 'jsonb', 'bytea', 'tsvector', 'name', '_text', '_varchar', 'xml')
    order by 1, 2`.execute(db);
  return rows;
}

/** Where `mark` stands, as `table.column`, and in which files. */
export async function whereIs(db: Db, files: FileStore, mark: string): Promise<string[]> {
  const found: string[] = [];
  for (const { table, name, type } of await wordColumns(db)) {
    const column = sql.ref(name);
    const text = type === 'bytea' ? sql`encode(${column}, 'escape')` : sql`${column}::text`;
    const { rows } = await sql`
      select from ${sql.raw(table)} where strpos(lower(${text}), ${mark}) > 0 limit 1`.execute(db);
    if (rows.length > 0) found.push(`${table.replace('public.', '')}.${name}`);
  }
  for await (const key of files.keys()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await files.read(key)) chunks.push(chunk as Buffer);
    if (Buffer.concat(chunks).toString('latin1').toLowerCase().includes(mark)) found.push(key);
  }
  return found;
}

/**
 * Writes `mark` into every column that can hold words, of every row that is about somebody; what a constraint keeps to
 * words of the program's own cannot be marked, and needs no erasing.
 */
export async function markEverything(db: Db, scope: PersonScope, mark: string): Promise<void> {
  const columns = await wordColumns(db);
  const own: { table: string; of(scope: PersonScope): RawBuilder<unknown> }[] = [
    { table: 'citizen', of: ({ people }) => sql`t.id = any(${people})` },
    { table: 'identity', of: ({ people }) => sql`t.citizen_id = any(${people})` },
    { table: 'conversation', of: ({ people }) => sql`t.citizen_id = any(${people})` },
    ...personalRows,
  ];
  const updates = own.flatMap(({ table, of }) =>
    columns
      .filter((column) => column.table === `public.${table}` && !CITY_COLUMNS.has(column.name))
      .map(({ name, type }) => {
        const column = sql.ref(name);
        const value =
          type === 'jsonb'
            ? sql`case jsonb_typeof(${column}) when 'array' then ${column} || jsonb_build_array(${mark}::text)
                when 'object' then ${column} || jsonb_build_object('marked', ${mark}::text)
                else to_jsonb(${mark}::text) end`
            : sql`coalesce(${column}, '') || ${mark}`;
        return { table, set: sql`${column} = ${value}`, of };
      }),
  );
  for (const { table, set, of } of updates) {
    await sql`update ${sql.table(table)} t set ${set} where ${of(scope)}`
      .execute(db)
      .catch((error: { code?: string }) => {
        // A check, a reference, a type of its own.
        if (!['23514', '23503', '23505', '42804', '22P02', '428C9'].includes(error.code ?? '')) throw error;
      });
  }
}

/** Tables of a person in which nothing stands about anybody in `scope`. */
export async function emptyTables(db: Db, scope: PersonScope): Promise<string[]> {
  const empty: string[] = [];
  for (const { table, of } of personalRows) {
    const { rows } = await sql`select from ${sql.table(table)} t where ${of(scope)} limit 1`.execute(db);
    if (rows.length === 0) empty.push(table);
  }
  return empty;
}

export interface Whose {
  citizenId: string;
  otherId: string;
  ticketId: string;
  conversationId: string;
  messageId: string;
  caseId: string;
  operatorId: string;
  mark: string;
}

/** What the story of a test does not come to by itself: a row in each table that may know somebody. */
export async function addTraces(db: Db, whose: Whose): Promise<void> {
  const { citizenId, ticketId, conversationId, messageId, caseId, operatorId, mark } = whose;
  const [callId, turnId, reviewId, calibrationId, recordingId] = Array.from({ length: 5 }, () => randomUUID()) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const address = `${mark}@example.org`;
  const statements = [
    sql`insert into identity (id, citizen_id, channel, address, created_at)
      values (${randomUUID()}, ${citizenId}, 'email', ${address}, now())`,
    sql`insert into email (message_id, mailbox, internet_message_id, references_ids, full_text, inline_files, problems)
      values (${messageId}, 'atencion', ${mark}, '[]', ${mark}, '[]', '[]')`,
    sql`insert into email_reference values (${mark}, ${conversationId})`,
    sql`insert into email_participant values (${conversationId}, ${address})`,
    sql`insert into email_token values (${mark}, ${conversationId})`,
    sql`insert into email_address values (${address}, now(), 1, null)`,
    sql`insert into botframework_reference values (${address}, '{}', now())`,
    sql`insert into media_fetch (attachment_id, message_id, channel_account_id, step, source, next_at, created_at)
      values (${randomUUID()}, ${messageId}, 'x', 'fetch', '{}', 'infinity', now())`,
    sql`insert into message_change (channel_account_id, external_id, target, change, received_at, applied_at)
      select channel_account_id, ${mark}, external_id, '{}', now(), now() from message where id = ${messageId}`,
    sql`insert into message_piece (message_id, piece, parts, channel_account_id, provider_message_id, status)
      values (${messageId}, 9, '[]', 'x', ${mark}, 'sent') on conflict do nothing`,
    sql`insert into message_translation values (${messageId}, 'en', ${mark}, 'machine', null, now())`,
    sql`insert into bot_turn (id, ticket_id, conversation_id, from_seq, up_to_seq, outcome, shaped, corrected_to, at)
      values (${turnId}, ${ticketId}, ${conversationId}, 1, 900, 'answered', '[]', 'x', now())`,
    sql`insert into utterance (id, catalogue_id, text, turn_id, at) values (${randomUUID()}, 'bache', ${mark}, ${turnId}, now())`,
    sql`insert into learning_trial (id, additions, revision, started_by, at)
      values (${randomUUID()}, jsonb_build_array(jsonb_build_object('turnId', ${turnId}::text)), 1, 'x', now())`,
    sql`insert into ticket_merge (id, merged_id, kept_id, before, moved, operator_id, operator_name, at, undone_at)
      values (${randomUUID()}, ${ticketId}, ${ticketId}, '{}', '{}', 'x', 'x', now(), now())`,
    sql`insert into team_message (id, from_id, to_id, text, ticket_id, at)
      select ${randomUUID()}, ${operatorId}, id, ${mark}, ${ticketId}, now() from operator where id <> ${operatorId} limit 1`,
    sql`insert into follow_up (id, case_id, note, due_at, operator_id, by_id, by_name, created_at, done_at, version)
      values (${randomUUID()}, ${caseId}, ${mark}, now(), 'x', 'x', 'x', now(), now(), 1)`,
    sql`insert into quality_review (id, ticket_id, operator_id, reviewer_id, state, answers, comment, failed, appeal, created_at)
      values (${reviewId}, ${ticketId}, 'x', 'x', 'dropped', jsonb_build_object('trato', jsonb_build_object(
        'value', 'yes', 'comment', ${mark}::text)), ${mark}, false, 'none', now())`,
    sql`insert into quality_event (review_id, type, at, data) values (${reviewId}, 'x', now(), jsonb_build_object('text', ${mark}::text))`,
    sql`insert into quality_calibration (id, ticket_id, operator_id, form_version, started_by, started_at)
      select ${calibrationId}, ${ticketId}, 'x', version, 'x', now() from quality_form limit 1`,
    sql`insert into quality_opinion values (${calibrationId}, 'x', '{}', ${mark}, null)`,
    sql`insert into bulk_action values (${randomUUID()}, ${operatorId}, '{}',
      jsonb_build_array(jsonb_build_object('ticketId', ${ticketId}::text)), now(), now(), null)`,
    sql`insert into call (id, ticket_id, conversation_id, channel_account_id, provider_call_id, line, direction,
        from_address, stage, recording, started_at, ended_at, created_at, updated_at)
      values (${callId}, ${ticketId}, ${conversationId}, 'voz', ${mark}, 'web', 'in', ${mark}, 'ended', 'no', now(), now(), now(), now())`,
    sql`insert into call_leg (id, call_id, role, name, address, state, created_at)
      values (${randomUUID()}, ${callId}, 'citizen', ${mark}, ${mark}, 'left', now())`,
    sql`insert into call_fact (call_id, key, at, sequence, kind, data, received_at)
      values (${callId}, ${mark}, now(), 1, 'ended', '{}', now())`,
    sql`insert into call_recording (id, call_id, kind, state, key, started_at, transcript, created_at)
      values (${recordingId}, ${callId}, 'voicemail', 'kept', ${mark}, now(), ${mark}, now())`,
    sql`insert into callback values (${ticketId}, ${mark}, 'asked', 'voz', now(), 0, null, now())`,
    sql`insert into chat_link (hash, call_id, address, created_at, expires_at) values (${mark}, ${callId}, ${mark}, now(), now())`,
    sql`insert into case_follower (case_id, id, citizen_id, followed_at) values (${caseId}, ${randomUUID()}, ${citizenId}, now())`,
    sql`insert into webhook_endpoint (id, name, url, events, active, created_at, updated_at)
      values (${reviewId}, 'x', 'http://x', '[]', false, now(), now())`,
    sql`insert into webhook_delivery (id, endpoint_id, event, body, ticket_id, state, created_at)
      values (${randomUUID()}, ${reviewId}, 'x', '{}', ${ticketId}, 'delivered', now())`,
    sql`insert into citizen_warning values (${randomUUID()}, ${citizenId}, 'other', ${mark}, false, 'x', 'x', now(), now())`,
    sql`insert into citizen_merge (id, kept_id, merged_id, evidence, moved, filled, operator_id, operator_name, at, undone_at)
      values (${randomUUID()}, ${citizenId}, ${whose.otherId}, '[]', '{}', '{}', 'x', 'x', now(), now())`,
    sql`insert into broadcast (id, client_id, case_id, text, state, created_by, created_by_name, created_at, went_on_at)
      values (${callId}, ${callId}, ${caseId}, 'x', 'done', 'x', 'x', now(), now())`,
    sql`insert into broadcast_recipient (broadcast_id, citizen_id, how, reason, done_at)
      values (${callId}, ${citizenId}, 'none', 'x', now())`,
    sql`insert into legal_hold (id, citizen_id, reason, placed_by, placed_by_name, placed_at, released_at)
      values (${randomUUID()}, ${citizenId}, ${mark}, 'x', 'x', now(), now())`,
    sql`insert into external_reference (kind, source, external_id, citizen_id) values ('citizen', 'x', ${mark}, ${citizenId})`,
    // What hangs on no id of theirs.
    sql`insert into raw_input (id, channel_account_id, body, error, received_at)
      values (${randomUUID()}, 'x', ${`{"from": "${address}", "text": "${mark}"}`}, 'x', now())`,
    sql`insert into audit_log (at, action, target, after) values (now(), 'broadcast.read', 'elsewhere',
      jsonb_build_object('to', ${address}::text))`,
    sql`insert into saved_view values (${randomUUID()}, ${operatorId}, 'x', jsonb_build_object('q', ${address}::text), false, now(), now())`,
    sql`insert into early_report (channel_account_id, provider_message_id, report, received_at)
      values ('x', 'x', jsonb_build_object('to', ${address}::text), now())`,
  ];
  for (const statement of statements) await statement.execute(db);
}
