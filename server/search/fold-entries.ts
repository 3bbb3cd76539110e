import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { facets, NO_QUEUE } from './clauses.ts';
import { SHELF_SQL } from './shelves.ts';

/** Of a contact, so many messages are found; and of what they say, so many characters. */
const MESSAGES = 500;
const SEARCHED = 60_000;
/** Excerpts are cut from the newest of it. */
const SHOWN = 6_000;
/** Longer ones are no words. */
const LEXEME = 120;

/** What a message says, of all that its parts are made of. */
const wordsOfParts = sql`
  (select string_agg(case p->>'type'
      when 'text' then p->>'text'
      when 'choice' then p->>'title'
      when 'media' then concat_ws(' ', p->>'name', p->>'transcript')
      when 'location' then p->>'label'
      when 'contact' then p->>'name'
      when 'template' then p->>'text'
      when 'folio' then p->>'folio'
      when 'email' then p->>'subject'
      when 'referral' then p->>'headline'
    end, ' ')
  from jsonb_array_elements(m.parts) p)`;

/**
 * What was said and noted, oldest first. Of what is protected nothing: a search must not say what is in it. Nor what
 * the bot has not heard yet, since nobody knows whether it is to be protected.
 */
const said = sql`
  select coalesce(string_agg(line, ' · ' order by at), '') as text from (
    (select m.created_at as at, ${wordsOfParts} as line
      from message m
      where m.conversation_id = t.conversation_id and m.ticket_id = t.id
        and m.author_type <> 'system' and (t.state <> 'bot' or m.seq <= t.bot_seq)
      order by m.seq desc limit ${MESSAGES})
    union all
    select e.at, e.data->>'text' from ticket_event e where e.ticket_id = t.id and e.type = 'note'
    union all
    select t.created_at, x from unnest(array[t.subject, t.summary]) x where t.state <> 'bot'
  ) lines where not t.protected`;

/** How the person is known: all names, and all addresses that people write. */
const known = sql`
  select
    array_remove(array_agg(distinct i.display_name) || c.name, null) as names,
    array_remove(c.phone || array_agg(distinct i.address) filter (where i.address ~ '^\\+?\\d{7,15}$'), null) as phones,
    array_remove(lower(c.email) || array_agg(distinct lower(i.address)) filter (where position('@' in i.address) > 0),
      null) as emails
  from identity i where i.citizen_id = t.citizen_id`;

const folios = sql`
  select coalesce(array_agg(s.folio), '{}') as all
  from case_ticket k join service_case s on s.id = k.case_id where k.ticket_id = t.id`;

const found = (pattern: string) => sql`regexp_matches(left(said.text, ${SEARCHED}), ${pattern}, 'g')`;

/** Lexemes without their shelf: what `clauses.ts` names. */
const lexemes = sql`
  select 'w' || lexeme from unnest(to_tsvector('linea_spanish', left(said.text, ${SEARCHED}))) x
  union all select 'w' || lexeme
    from unnest(to_tsvector('linea_spanish', translate(coalesce(t.disposition, ''), '-', ' '))) x
  union all select 'n' || lexeme from unnest(to_tsvector('linea_simple', array_to_string(known.names, ' '))) x
  union all select 'n' || x from unnest(known.emails) x
  union all select 'n' || lower(x[1]) from ${found('[[:alnum:]._%+-]+@[[:alnum:].-]+\\.[[:alpha:]]{2,}')} x
  union all select 't' || reverse(right(regexp_replace(x, '\\D', '', 'g'), 10)) from unnest(known.phones) x
  union all select 't' || reverse(right(regexp_replace(x[1], '\\D', '', 'g'), 10))
    from ${found('(\\+?\\d[\\d\\s().-]{8,18}\\d)')} x
  union all select 'f' || lower(replace(x, '-', '')) from unnest(folios.all) x
  union all select 'f' || (regexp_match(x, '(\\d+)$'))[1]::bigint from unnest(folios.all) x
  union all select 'f' || lower(replace(x[1], '-', '')) from ${found('\\m([[:alpha:]]{2,5}-\\d{4}-\\d{6})\\M')} x
  union all select 'i' || t.number
  union all select ${facets.channel} || t.channel
  union all select ${facets.queue} || coalesce(t.queue_id, ${NO_QUEUE})
  union all select ${facets.operator} || t.operator_id
  union all select ${facets.disposition} || t.disposition
  union all select ${facets.priority} || t.priority
  union all select ${facets.state} || case when t.state = 'closed' then 'closed' else 'open' end
  union all select ${facets.rating} || t.rating
  union all select ${facets.language} || v.locale
  union all select ${facets.hasCase} || (cardinality(folios.all) > 0)
  union all select ${facets.month} || to_char(t.created_at at time zone 'UTC', 'YYYY-MM')`;

/** Makes the entries of these tickets anew from what is stored; one that says the same as before is left alone. */
export async function foldEntries(db: Db, tickets: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into search_entry as e (ticket_id, number, said, known, words)
    select t.id, t.number, right(said.text, ${SHOWN}),
      array_to_string(known.names || known.phones || known.emails || folios.all, ' · '),
      array_to_tsvector(array(
        select distinct (t.number ${sql.raw(SHELF_SQL)}) || lexeme from (${lexemes}) kinds (lexeme)
        where length(lexeme) between 2 and ${LEXEME}))
    from ticket t
    join citizen c on c.id = t.citizen_id
    join conversation v on v.id = t.conversation_id
    cross join lateral (${said}) said
    cross join lateral (${known}) known
    cross join lateral (${folios}) folios
    where ${tickets}
    on conflict (ticket_id) do update set said = excluded.said, known = excluded.known, words = excluded.words
    where (e.said, e.known, e.words) is distinct from (excluded.said, excluded.known, excluded.words)`.execute(db);
}
