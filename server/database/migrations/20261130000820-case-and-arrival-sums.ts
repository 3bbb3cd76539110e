import { Migration } from '@mikro-orm/migrations';

/** Promises, open cases and what comes into queues, by day: a year of cases or three months of contacts are not read. */
export class CaseAndArrivalSums extends Migration {
  override up(): void {
    this.addSql(`create table case_sum (
      grain text not null check (grain in ('day', 'month')),
      starts_on date not null,
      cut text not null,
      a text not null,
      b text not null,
      protected boolean not null,
      promised bigint not null,
      promises_kept bigint not null,
      -- How many more are open at the end than at the beginning, and the days they were opened on, counted from 2000.
      opened bigint not null,
      opened_days bigint not null,
      primary key (grain, cut, starts_on, a, b, protected)
    )`);
    this.addSql(`create table arrival_sum (
      starts_on date not null,
      -- Half hour of the day, from 0.
      slot smallint not null,
      cut text not null,
      a text not null,
      b text not null,
      protected boolean not null,
      contacts bigint not null,
      handled bigint not null,
      handling_seconds bigint not null,
      gave_up bigint not null,
      waited_seconds bigint not null,
      primary key (starts_on, cut, a, b, slot, protected)
    )`);
    // Cases whose story went on in a day.
    this.addSql(`create index case_event_state on case_event (at) where type in (${STATES})`);

    this.addSql('alter table sum_stale drop constraint sum_stale_part_check');
    this.addSql(`alter table sum_stale add constraint sum_stale_part_check
      check (part in ('contacts', 'people', 'cases', 'arrivals'))`);
    // Noon in Greenwich is the same date everywhere from twelve hours behind to eleven ahead.
    this.addSql(`create function noon_of(date) returns timestamptz language sql immutable as
      $$ select ($1 + time '12:00') at time zone 'UTC' $$`);

    this.addSql(`create function mark_cases_stale() returns trigger language plpgsql as $$
      begin
        insert into sum_stale (part, at)
          select distinct 'cases', quarter_of(m.at) from changed c
          cross join lateral (values (c.opened_at), (c.closed_at), (noon_of(c.promised_for))) m (at)
          where m.at is not null;
        return null;
      end $$`);
    this.addSql(`create function mark_changed_cases_stale() returns trigger language plpgsql as $$
      begin
        insert into sum_stale (part, at)
          select distinct 'cases', quarter_of(m.at) from changed c
          join before b on b.id = c.id
          cross join lateral (
            select (b.department_id, b.channel, b.colonia_id, b.protected, b.opened_at)
              is distinct from (c.department_id, c.channel, c.colonia_id, c.protected, c.opened_at) as moved
          ) how
          cross join lateral (
            select unnest(array[b.closed_at, c.closed_at, noon_of(b.promised_for), noon_of(c.promised_for)]) as at
            union all select unnest(array[b.opened_at, c.opened_at]) where how.moved
            union all select e.at from case_event e where how.moved and e.case_id = c.id and e.type in (${STATES})
          ) m
          where m.at is not null
            and (how.moved or (b.closed_at, b.promised_for) is distinct from (c.closed_at, c.promised_for));
        return null;
      end $$`);
    this.addSql(`create function mark_case_stories_stale() returns trigger language plpgsql as $$
      begin
        insert into sum_stale (part, at)
          select distinct 'cases', quarter_of(at) from changed where type in (${STATES});
        return null;
      end $$`);
    this.addSql(`create function mark_arrivals_stale() returns trigger language plpgsql as $$
      begin
        insert into sum_stale (part, at)
          select distinct 'arrivals', quarter_of(queued_at) from changed where queued_at is not null;
        return null;
      end $$`);
    // A fact that is folded anew may have been queued at another time.
    this.addSql(`create function mark_changed_arrivals_stale() returns trigger language plpgsql as $$
      begin
        insert into sum_stale (part, at)
          select 'arrivals', quarter_of(queued_at) from changed where queued_at is not null
          union select 'arrivals', quarter_of(queued_at) from before where queued_at is not null;
        return null;
      end $$`);
    for (const [table, operation, mark] of [
      ['service_case', 'insert', 'mark_cases_stale'],
      ['service_case', 'update', 'mark_changed_cases_stale'],
      ['service_case', 'delete', 'mark_cases_stale'],
      ['case_event', 'insert', 'mark_case_stories_stale'],
      ['case_event', 'update', 'mark_case_stories_stale'],
      ['case_event', 'delete', 'mark_case_stories_stale'],
      ['contact_fact', 'insert', 'mark_arrivals_stale'],
      ['contact_fact', 'update', 'mark_changed_arrivals_stale'],
      ['contact_fact', 'delete', 'mark_arrivals_stale'],
    ] as const) {
      const tables = {
        insert: 'new table as changed',
        update: 'old table as before new table as changed',
        delete: 'old table as changed',
      }[operation];
      this.addSql(`create trigger ${table}_${operation}_${mark} after ${operation} on ${table}
        referencing ${tables} for each statement execute function ${mark}()`);
    }

    this.addSql(`insert into sum_stale (part, at)
      select distinct 'cases', quarter_of(at) from (
        select unnest(array[opened_at, closed_at, noon_of(promised_for)]) as at from service_case
        union all select at from case_event where type in (${STATES})
      ) m where at is not null`);
    this.addSql(`insert into sum_stale (part, at)
      select distinct 'arrivals', quarter_of(queued_at) from contact_fact where queued_at is not null`);
  }
}

/** Lines of a case's story that open or close it. */
const STATES = `'status_changed', 'reopened_by_citizen'`;
