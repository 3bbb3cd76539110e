import { Migration } from '@mikro-orm/migrations';

/** Counts by day and month, so that a report of a year does not read every contact of it. */
export class Rollups extends Migration {
  override up(): void {
    // Whether somebody came back within a week is asked of every contact that was answered: found once, by whom it is.
    this.addSql(
      'alter table contact_fact add column citizen_id uuid, add column came_back boolean not null default false',
    );
    this.addSql('update contact_fact f set citizen_id = t.citizen_id from ticket t where t.id = f.ticket_id');
    this.addSql('create index contact_fact_citizen on contact_fact (citizen_id, began_at)');
    this.addSql(`update contact_fact f set came_back = true
      where closed_at is not null and exists (
        select from contact_fact l where l.citizen_id = f.citizen_id and l.outcome not in ('outbound', 'merged')
          and l.began_at > f.began_at and l.began_at <= f.closed_at + interval '7 days')`);
    this.addSql(`create index contact_fact_protected on contact_fact (began_at) where protected`);
    // A report of one person, topic or colonia reads theirs alone.
    for (const column of ['operator_id', 'topic', 'colonia_id']) {
      this.addSql(`create index contact_fact_${column.replace('_id', '')} on contact_fact (${column}, began_at)`);
    }

    // In whose hands a contact was at some time, without reading all that came later.
    this.addSql(`create index contact_stretch_span on contact_stretch using gist
      (tstzrange(began_at, greatest(began_at, coalesce(ended_at, 'infinity'))))`);
    // Promises of a period, kept or not.
    this.addSql('create index service_case_promised on service_case (promised_for, id)');

    this.addSql(`create table contact_sum (
      grain text not null check (grain in ('day', 'month')),
      -- Local date of the city.
      starts_on date not null,
      -- What it is parted by, and into which part: one word, or two with a plus.
      cut text not null,
      a text not null,
      b text not null,
      protected boolean not null,
      ${MEASURES.map((measure) => `${measure} bigint not null`).join(',\n      ')},
      primary key (grain, cut, starts_on, a, b, protected)
    )`);
    this.addSql(`create table people_sum (
      grain text not null check (grain in ('day', 'month')),
      starts_on date not null,
      operator_id text not null,
      hour smallint not null,
      staffed_seconds bigint not null,
      busy_seconds bigint not null,
      primary key (grain, starts_on, operator_id, hour)
    )`);

    // Quarters of an hour whose counts have changed since their day was summed: read from the source until then. Only
    // ever added to, so that nobody waits for anybody and no change is overlooked.
    this.addSql(`create table sum_stale (
      id bigint generated always as identity primary key,
      part text not null check (part in ('contacts', 'people')),
      at timestamptz not null
    )`);
    this.addSql('create index sum_stale_at on sum_stale (part, at)');
    // In which zone the days were drawn, and when they are summed next: one row, from the first sum on.
    this.addSql(`create table sum_state (
      id integer primary key check (id = 1),
      time_zone text,
      next_at timestamptz not null
    )`);

    this.addSql(`create function quarter_of(timestamptz) returns timestamptz language sql immutable as
      $$ select date_bin('15 minutes', $1, timestamptz '2000-01-01 00:00:00Z') $$`);
    this.addSql(`create function mark_contact_sums_stale() returns trigger language plpgsql as $$
      begin
        insert into sum_stale (part, at) select distinct 'contacts', quarter_of(began_at) from changed;
        return null;
      end $$`);
    // Somebody may have come back by what is no more.
    this.addSql(`create function mark_contacts_without() returns trigger language plpgsql as $$
      begin
        insert into contact_stale (ticket_id)
          select distinct f.ticket_id from changed g join contact_fact f on f.citizen_id = g.citizen_id and f.came_back;
        return null;
      end $$`);
    this.addSql(`create function mark_stretches_stale() returns trigger language plpgsql as $$
      begin
        insert into sum_stale (part, at)
          select distinct 'people', h from changed,
            generate_series(quarter_of(began_at), coalesce(ended_at, began_at), interval '1 hour') h
          union select distinct 'people', quarter_of(ended_at) from changed where ended_at is not null;
        return null;
      end $$`);
    // Whoever comes or goes changes the time since the line before, and up to the next one.
    this.addSql(`create function mark_presences_stale() returns trigger language plpgsql as $$
      begin
        insert into sum_stale (part, at)
          select distinct 'people', h from changed c
          cross join lateral (
            select coalesce((select max(at) from presence_event b where b.operator_id = c.operator_id and b.at < c.at), c.at)
                as from_at,
              coalesce((select min(at) from presence_event n where n.operator_id = c.operator_id and n.at > c.at), c.at)
                as to_at
          ) span,
          generate_series(quarter_of(span.from_at), span.to_at, interval '1 hour') h
          union select distinct 'people', quarter_of(c.at) from changed c;
        return null;
      end $$`);
    for (const [table, operation, mark] of [
      ['contact_fact', 'insert', 'mark_contact_sums_stale'],
      ['contact_fact', 'update', 'mark_contact_sums_stale'],
      ['contact_fact', 'delete', 'mark_contact_sums_stale'],
      ['contact_fact', 'delete', 'mark_contacts_without'],
      ['contact_stretch', 'insert', 'mark_stretches_stale'],
      ['contact_stretch', 'delete', 'mark_stretches_stale'],
      ['presence_event', 'insert', 'mark_presences_stale'],
      ['presence_event', 'delete', 'mark_presences_stale'],
    ] as const) {
      this.addSql(`create trigger ${table}_${operation}_${mark} after ${operation} on ${table}
        referencing ${operation === 'delete' ? 'old' : 'new'} table as changed
        for each statement execute function ${mark}()`);
    }
    // A contact that is found to be somebody else's (a merge) is folded anew.
    this.addSql(`create function mark_moved_stale() returns trigger language plpgsql as $$
      begin
        insert into contact_stale (ticket_id) values (new.id);
        return null;
      end $$`);
    this.addSql(`create trigger ticket_moved_marks_stale after update of citizen_id on ticket
      for each row when (old.citizen_id is distinct from new.citizen_id) execute function mark_moved_stale()`);

    this.addSql(`insert into sum_stale (part, at) select distinct 'contacts', quarter_of(began_at) from contact_fact`);
    this.addSql(`insert into sum_stale (part, at)
      select distinct 'people', date_trunc('hour', h) from (
        select at as from_at, coalesce(lead(at) over (partition by operator_id order by id), at) as to_at
        from presence_event
      ) span, generate_series(from_at, to_at, interval '1 hour') h
      union
      select distinct 'people', quarter_of(coalesce(ended_at, began_at)) from contact_stretch
      union
      select distinct 'people', quarter_of(began_at) from contact_stretch`);
  }
}

/** What is added up, as it was when this was written. */
const MEASURES = [
  'contacts',
  'outbound',
  'with_bot',
  'contained',
  'left_bot',
  'in_bot',
  'queued',
  'answered',
  'taken_from_bot',
  'waiting',
  'abandoned',
  'short_abandoned',
  'dismissed',
  'merged',
  'in_time',
  'abandoned_late',
  'waited_seconds',
  'handled',
  'active_seconds',
  'hold_seconds',
  'wrap_seconds',
  'transferred',
  'rated',
  'satisfied',
  'resolvable',
  'resolved',
  'bot_turns',
  'bot_missed',
];
