import { type RawBuilder, sql } from 'kysely';
import type { PersonScope } from './scope.ts';

/**
 * One kind of rows that say something about a person. Export, erasure and its preview are all made from these, so that
 * what is handed out, what is announced and what goes are the same.
 */
export interface PersonalRows {
  table: string;
  /** As the person reads it in their export. */
  title: string;
  /** Which rows of `table t` are theirs. */
  of(scope: PersonScope): RawBuilder<unknown>;
  /** What stays of a row once they are forgotten: nothing, or these columns set so. */
  erased: 'gone' | RawBuilder<unknown>;
  /** Columns that are the machinery's, and no data about anybody. */
  hidden?: readonly string[];
}

const inTickets = ({ tickets }: PersonScope) => sql`t.ticket_id = any(${tickets})`;
const inConversations = ({ conversations }: PersonScope) => sql`t.conversation_id = any(${conversations})`;
const inCalls = ({ calls }: PersonScope) => sql`t.call_id = any(${calls})`;
const ofPeople = ({ people }: PersonScope) => sql`t.citizen_id = any(${people})`;
const ofMessages = ({ conversations }: PersonScope) =>
  sql`t.message_id in (select m.id from message m where m.conversation_id = any(${conversations}))`;
/** An address as `scopeOf` writes it. */
const knownAs = (column: string, { knownBy }: PersonScope) =>
  sql`regexp_replace(lower(${sql.ref(`t.${column}`)}), '^(whatsapp:|unverified:)?\\+?', '') = any(${knownBy})`;

/** Of a line of a story those facts stay that figures are folded from: none of them says who somebody is. */
const storyWithoutWords = sql`
  data = case when t.type in ('note', 'forwarded', 'forward_answered', 'forward_failed') then '{}'::jsonb else coalesce((
    select jsonb_object_agg(k, v) from jsonb_each(t.data) d (k, v)
    where length(v::text) <= 60 and (k in ('queueId', 'operatorId', 'offerId', 'callId', 'recordingId', 'why', 'from',
        'reason', 'disposition', 'score', 'direction', 'how', 'outcome', 'seconds', 'undone', 'taken', 'until', 'priority')
      or (k = 'to' and t.type in ('woken', 'reopened')))), '{}'::jsonb) end,
  actor_name = case when t.actor_type = 'operator' then t.actor_name end,
  client_id = null`;

/** How each question was answered stays; what was written beside it may quote them. */
const withoutComments = sql`answers = coalesce((
  select jsonb_object_agg(k, jsonb_strip_nulls(jsonb_build_object('value', v -> 'value', 'seq', v -> 'seq')))
  from jsonb_each(t.answers) a (k, v) where jsonb_typeof(v) = 'object'), '{}'::jsonb)`;

/** In an order in which nothing is looked for by what has gone already. */
export const personalRows: readonly PersonalRows[] = [
  { table: 'callback', title: 'Llamadas que espera', of: inTickets, erased: 'gone' },
  {
    table: 'chat_link',
    title: 'Enlaces para seguir en el chat',
    of: (scope) => sql`(${inCalls(scope)} or ${knownAs('address', scope)})`,
    erased: 'gone',
    hidden: ['hash'],
  },
  { table: 'media_fetch', title: 'Archivos por llegar', of: ofMessages, erased: 'gone', hidden: ['source'] },
  {
    table: 'message_change',
    title: 'Cambios a sus mensajes',
    of: ({ conversations }) => sql`(exists (
      select from message m where m.conversation_id = any(${conversations})
        and m.channel_account_id = t.channel_account_id and m.external_id = t.target)
      or exists (
        select from message_piece p join message m on m.id = p.message_id
        where m.conversation_id = any(${conversations})
          and p.channel_account_id = t.channel_account_id and p.provider_message_id = t.target))`,
    erased: 'gone',
  },
  {
    table: 'message_piece',
    title: 'Envíos de los mensajes',
    of: ofMessages,
    erased: sql`parts = null, provider_message_id = null, failure = null`,
  },
  {
    table: 'email',
    title: 'Correos',
    of: ofMessages,
    erased: sql`internet_message_id = null, references_ids = '[]', reply_to = null, full_text = '', html = null,
      inline_files = '[]', authentication = null, problems = '[]', raw_key = null, signature = ''`,
    hidden: ['raw_key', 'signature'],
  },
  { table: 'email_reference', title: 'Identificadores de correos', of: inConversations, erased: 'gone' },
  { table: 'email_participant', title: 'Quiénes participan en sus correos', of: inConversations, erased: 'gone' },
  {
    table: 'email_token',
    title: 'Direcciones de respuesta',
    of: inConversations,
    erased: 'gone',
    hidden: ['token'],
  },
  {
    table: 'email_address',
    title: 'Avisos automáticos por correo',
    of: (scope) => knownAs('address', scope),
    erased: 'gone',
  },
  { table: 'message_translation', title: 'Traducciones de sus mensajes', of: ofMessages, erased: 'gone' },
  {
    table: 'message',
    title: 'Mensajes',
    of: inConversations,
    erased: sql`parts = '[{"type":"unsupported","kind":"erased"}]', external_id = 'erased:' || t.id,
      author_id = case when t.author_type = 'operator' then t.author_id end,
      author_name = case when t.author_type = 'operator' then t.author_name end,
      client_id = null, failure = null, marks = null,
      status = case when t.status = 'queued' then 'failed' else t.status end`,
    hidden: ['claimed_until', 'client_id'],
  },
  { table: 'utterance', title: 'Palabras con las que aprendió el bot', of: ofTurns('turn_id'), erased: 'gone' },
  {
    table: 'learning_trial',
    title: 'Pruebas del bot con sus palabras',
    of: ({ tickets }) => sql`exists (
      select from bot_turn b where b.ticket_id = any(${tickets}) and strpos(t.additions::text, b.id::text) > 0)`,
    erased: 'gone',
  },
  { table: 'bot_turn', title: 'Turnos del bot', of: inTickets, erased: sql`shaped = null, corrected_to = null` },
  { table: 'ticket_event', title: 'Historia de sus contactos y notas', of: inTickets, erased: storyWithoutWords },
  {
    table: 'ticket_merge',
    title: 'Contactos que se juntaron',
    of: ({ tickets }) => sql`(t.kept_id = any(${tickets}) or t.merged_id = any(${tickets}))`,
    erased: 'gone',
  },
  {
    table: 'follow_up',
    title: 'Seguimientos',
    of: ({ tickets, cases }) => sql`(t.ticket_id = any(${tickets}) or t.case_id = any(${cases}))`,
    erased: 'gone',
  },
  {
    table: 'team_message',
    title: 'Lo que se dijeron quienes le atendieron',
    of: inTickets,
    erased: sql`text = '—'`,
  },
  {
    table: 'quality_event',
    title: 'Lo que se dijo de cómo se le atendió',
    of: ({ tickets }) => sql`t.review_id in (select r.id from quality_review r where r.ticket_id = any(${tickets}))`,
    erased: sql`data = '{}'`,
  },
  {
    table: 'quality_opinion',
    title: 'Opiniones de cómo se le atendió',
    of: ({ tickets }) =>
      sql`t.calibration_id in (select c.id from quality_calibration c where c.ticket_id = any(${tickets}))`,
    erased: sql`comment = '', ${withoutComments}`,
  },
  {
    table: 'quality_review',
    title: 'Revisiones de cómo se le atendió',
    of: inTickets,
    erased: sql`comment = '', ${withoutComments}`,
  },
  {
    table: 'bulk_action',
    title: 'Acciones sobre varios contactos',
    of: ({ tickets }) =>
      sql`exists (select from unnest(${tickets}::uuid[]) x where strpos(t.changes::text, x::text) > 0)`,
    erased: 'gone',
  },
  { table: 'call_fact', title: 'Hechos de sus llamadas', of: inCalls, erased: 'gone' },
  {
    table: 'call_leg',
    title: 'Quiénes estuvieron en sus llamadas',
    of: inCalls,
    erased: sql`name = case when t.role = 'operator' then t.name end, address = null, provider_leg_id = null`,
  },
  {
    table: 'call_recording',
    title: 'Grabaciones y buzón de voz',
    of: inCalls,
    erased: sql`state = 'erased', attachment_id = null, transcript = null, source = null, next_at = null,
      key = 'erased:' || t.id, erased_at = coalesce(t.erased_at, now())`,
    hidden: ['source', 'key', 'tries', 'next_at'],
  },
  {
    table: 'call',
    title: 'Llamadas',
    of: inTickets,
    erased: sql`provider_call_id = null, from_address = null, to_address = null, last_steps = null, script = null,
      transfer_to = null`,
    hidden: ['last_steps', 'script', 'look_at'],
  },
  {
    table: 'case_event',
    title: 'Historia de sus casos',
    of: ({ cases, people }) => sql`(t.case_id = any(${cases}) or t.actor_id = any(${people}))`,
    erased: sql`data = coalesce((
        select jsonb_object_agg(k, v) from jsonb_each(t.data) d (k, v)
        where k in ('status', 'count', 'ticketId') and length(v::text) <= 60), '{}'::jsonb),
      actor_id = case when t.actor_type = 'operator' then t.actor_id end,
      actor_name = case when t.actor_type = 'operator' then t.actor_name end, client_id = null`,
  },
  { table: 'case_follower', title: 'Casos que sigue', of: ofPeople, erased: 'gone' },
  {
    table: 'service_case',
    title: 'Casos',
    of: ofPeople,
    erased: sql`description = '—', latitude = null, longitude = null, address = null, reference = null, affected = null,
      safe_contact = null, answers = null, reason = null, origin_key = null, photos = 0, search = lower(t.folio)`,
    hidden: ['origin_key', 'search'],
  },
  {
    table: 'ticket',
    title: 'Contactos',
    of: ofPeople,
    erased: sql`subject = null, summary = null, rating_comment = null, bot_state = null, last_preview = null,
      version = t.version + 1`,
    hidden: ['bot_state', 'bot_seq', 'bot_busy_until'],
  },
  { table: 'search_entry', title: 'Entradas de la búsqueda', of: inTickets, erased: 'gone', hidden: ['words'] },
  {
    table: 'webhook_delivery',
    title: 'Lo que se avisó a otros programas',
    of: ({ tickets, cases }) => sql`(t.ticket_id = any(${tickets}) or t.case_id = any(${cases}))`,
    erased: 'gone',
  },
  { table: 'citizen_warning', title: 'Advertencias', of: ofPeople, erased: 'gone' },
  {
    table: 'citizen_merge',
    title: 'Uniones con otros registros suyos',
    of: ({ people }) => sql`(t.kept_id = any(${people}) or t.merged_id = any(${people}))`,
    erased: sql`evidence = '[]', filled = '{}', moved =
      '{"identities": [], "conversations": [], "tickets": [], "cases": [], "follows": []}'`,
  },
  {
    table: 'botframework_reference',
    title: 'Cómo se le responde en Teams',
    of: (scope) => knownAs('address', scope),
    erased: 'gone',
  },
  {
    table: 'broadcast_recipient',
    title: 'Avisos que recibió',
    of: ofPeople,
    erased: sql`reason = null`,
  },
  { table: 'legal_hold', title: 'Retenciones legales', of: ofPeople, erased: sql`reason = '—'` },
  {
    table: 'external_reference',
    title: 'Claves en otros sistemas',
    of: ofPeople,
    erased: 'gone',
  },
];

function ofTurns(column: string) {
  return ({ tickets }: PersonScope) =>
    sql`${sql.ref(`t.${column}`)} in (select b.id from bot_turn b where b.ticket_id = any(${tickets}))`;
}

/** What the columns of a table are set to once what they say is forgotten. @throws when its rows go whole */
export function erasedColumns(table: string): RawBuilder<unknown> {
  const found = personalRows.find((rows) => rows.table === table);
  if (!found || found.erased === 'gone') throw new Error(`Nothing of ${table} stays`);
  return found.erased;
}
