import type pg from 'pg';
import { ANSWERS, RARE_WORDS, SENTENCES } from './make-vocabulary.ts';

/** The last contact began a minute before; a year of them lies behind it. */
const END = `timestamptz '2026-11-22 12:00:00Z'`;
/** People write three times, on the whole. */
const CONTACTS_A_PERSON = 3;

const id = (kind: string, n: string) => `('${kind}000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const oneOf = (values: readonly string[], n: string, salt: number) =>
  `(array['${values.join("','")}'])[1 + pg_temp.zipf(${n}, ${salt}, ${values.length})]`;

const CHANNELS = ['chat', 'whatsapp', 'email', 'sms', 'messenger'];
const QUEUES = ['general', 'servicios', 'tramites', 'urgente'];
const ENDINGS = ['resuelto', 'informado', 'canalizado', 'sin-respuesta', 'no-compete', 'duplicado', 'spam'];
/** People whose names no list of operators knows: they left. */
const OPERATORS = 60;

/** The id of a loaded contact, by its number. */
export const loadedTicketId = (number: number): string =>
  `71000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

export interface Sizes {
  tickets: number;
  messagesPerTicket: number;
  open: number;
}

/** Rows by number, each drawn from its number, so that everything is one statement a table. */
export async function makeContacts(
  client: pg.PoolClient,
  { tickets, messagesPerTicket, open }: Sizes,
  tell: (line: string) => void,
): Promise<void> {
  const people = Math.ceil(tickets / CONTACTS_A_PERSON);
  const began = `${END} - (${tickets} - n) * (interval '365 days' / ${tickets})`;
  await client.query(`insert into channel_account (id, channel, name, created_at)
    select 'load-' || c, c, c, now() from unnest(array['${CHANNELS.join("','")}']) c on conflict do nothing`);

  tell(`${people} people`);
  await client.query(`insert into citizen (id, name, email, phone, locale, created_at, updated_at)
    select ${id('c1', 'n')}, p.name, 'vecino' || n || '@example.org', '+52229' || lpad((n::bigint * 7919 % 10000000)::text, 7, '0'),
      case when n % 50 = 0 then 'en' else 'es' end, ${END}, ${END}
    from generate_series(1, ${people}) n
    join person p on p.i = pg_temp.draw(n, 20, 50000)`);
  await client.query(`insert into identity (id, citizen_id, channel, address, created_at)
    select ${id('1d', 'n')}, ${id('c1', 'n')}, 'whatsapp', '521229' || lpad((n::bigint * 7919 % 10000000)::text, 7, '0'), ${END}
    from generate_series(1, ${people}) n`);
  await client.query(`insert into conversation (id, citizen_id, channel_account_id, channel, address, locale, last_seq,
      created_at, updated_at)
    select ${id('c0', 'n')}, ${id('c1', 'n')}, 'load-' || channel, channel, 'load:' || n,
      case when n % 50 = 0 then 'en' else 'es' end, ${CONTACTS_A_PERSON * messagesPerTicket}, ${END}, ${END}
    from (select n, ${oneOf(CHANNELS, 'n', 21)} as channel from generate_series(1, ${people}) n) each`);

  tell(`${tickets} tickets`);
  await client.query(`insert into ticket (id, number, conversation_id, citizen_id, channel, state, queue_id, priority,
      operator_id, clock_at, waiting_since, accepted_at, closed_at, disposition, summary, subject, snoozed_until, bot_seq,
      last_preview, last_direction, last_message_at, unread, rating, created_at, updated_at)
    overriding system value
    select ${id('71', 'n')}, n, ${id('c0', 'person')}, ${id('c1', 'person')}, channel, state, ${oneOf(QUEUES, 'n', 22)},
      case when n % 97 = 0 then 0 when n % 11 = 0 then 1 else 2 end,
      case when state <> 'waiting' then 'load-' || pg_temp.draw(n, 23, ${OPERATORS}) end,
      at, at + interval '1 minute', case when state <> 'waiting' then at + interval '3 minutes' end,
      case when state = 'closed' then at + interval '20 minutes' end,
      case when state = 'closed' then ${oneOf(ENDINGS, 'n', 24)} end,
      case when n % 3 = 0 then s.text end, case when channel = 'email' then left(s.text, 60) end,
      case when state = 'snoozed' then ${END} + n % 48 * interval '1 hour' end, 0,
      left(s.text, 140), case when n % 2 = 0 then 'in' else 'out' end, at + interval '15 minutes',
      case when state = 'waiting' then 1 else 0 end, case when state = 'closed' and n % 5 = 0 then 1 + n % 7 % 5 end, at, at
    from (
      select n, 1 + (n - 1) % ${people} as person, ${began} as at,
        case when n <= ${tickets - open} then 'closed'
          else (array['waiting', 'assigned', 'waiting', 'snoozed'])[1 + n % 4] end as state
      from generate_series(1, ${tickets}) n
    ) each
    join sentence s on s.i = pg_temp.zipf(n, 25, ${SENTENCES})
    cross join lateral (select ${oneOf(CHANNELS, 'person', 21)} as channel) of_person`);
  await client.query(`select setval(pg_get_serial_sequence('ticket', 'number'), ${tickets})`);

  tell(`${tickets * messagesPerTicket} messages`);
  await client.query(`insert into message (id, conversation_id, seq, ticket_id, channel_account_id, external_id, direction,
      author_type, parts, status, created_at)
    select ${id('5a', 'm')}, ${id('c0', 'person')}, turn * ${messagesPerTicket} + place, ${id('71', 'n')},
      'load-' || ${oneOf(CHANNELS, 'person', 21)}, 'load:' || m, case when theirs then 'in' else 'out' end,
      case when theirs then 'citizen' else 'operator' end,
      jsonb_build_array(jsonb_build_object('type', 'text', 'text',
        case when theirs then s.text || ' ' || r.word else a.text end)), 'stored', at
    from (
      select m, n, 1 + (n - 1) % ${people} as person, (n - 1) / ${people} as turn, place, place % 2 = 1 as theirs,
        ${began} + place * interval '1 minute' as at
      from (
        select m, 1 + (m - 1) / ${messagesPerTicket} as n, 1 + (m - 1) % ${messagesPerTicket} as place
        from generate_series(1, ${tickets * messagesPerTicket}) m
      ) numbered
    ) each
    join sentence s on s.i = pg_temp.zipf(m, 26, ${SENTENCES})
    join answer a on a.i = pg_temp.zipf(m, 27, ${ANSWERS})
    join rare_word r on r.i = pg_temp.zipf(m, 28, ${RARE_WORDS})`);

  await makeCases(client, tickets);
}

/** One contact in ten opens a case. */
async function makeCases(client: pg.PoolClient, tickets: number): Promise<void> {
  await client.query(`insert into service_case (id, folio, service_id, department_id, status, priority, description,
      protected, channel, citizen_id, opened_at, promised_for, working_days, closed_at, search, version, facts_version,
      updated_at)
    select ${id('ca', 't.number')}, 'VER-2025-' || lpad((t.number / 10)::text, 6, '0'), 'bache', 'obras-publicas', 'solved', 2,
      coalesce(t.summary, t.last_preview), false, t.channel, t.citizen_id, t.created_at, t.created_at::date + 10, 7,
      t.created_at + interval '5 days', 'ver-2025-' || lpad((t.number / 10)::text, 6, '0'), 1, 1, t.created_at
    from ticket t where t.number % 10 = 0`);
  await client.query(`insert into case_ticket (case_id, ticket_id, linked_at)
    select ${id('ca', 't.number')}, t.id, t.created_at from ticket t where t.number % 10 = 0`);
  await client.query(`insert into folio_counter (year, last) values (2025, ${Math.max(1, Math.floor(tickets / 10))})
    on conflict (year) do nothing`);
}
