import { Migration } from '@mikro-orm/migrations';

/** Contacts that are scored afterwards: by which form, drawn by which plan, what was said of them, and calibration. */
export class Quality extends Migration {
  override up(): void {
    // Never updated: what was scored keeps the version it was scored by.
    this.addSql(`create table quality_form (
      version integer primary key,
      form jsonb not null,
      saved_at timestamptz not null,
      saved_by text
    )`);

    this.addSql(`create table quality_plan (
      id uuid primary key,
      name text not null,
      active boolean not null,
      rule jsonb not null,
      per_operator integer not null,
      reviewer_ids jsonb not null,
      -- The day of the city on which it last drew by itself.
      drawn_on date,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);
    this.addSql(`create table quality_draw (
      id uuid primary key,
      plan_id uuid not null references quality_plan (id) on delete cascade,
      at timestamptz not null,
      -- With the same contacts to draw from, the same seed draws the same.
      seed text not null,
      candidates integer not null,
      picked integer not null
    )`);
    this.addSql('create index quality_draw_plan on quality_draw (plan_id, at desc)');

    this.addSql(`create table quality_review (
      id uuid primary key,
      -- A contact is reviewed once, whoever asks or draws, at the same instant too.
      ticket_id uuid not null unique references ticket (id) on delete cascade,
      operator_id text not null,
      reviewer_id text not null,
      plan_id uuid references quality_plan (id) on delete set null,
      state text not null check (state in ('open', 'published', 'dropped')),
      form_version integer references quality_form (version),
      answers jsonb not null,
      comment text not null,
      score double precision,
      failed boolean not null,
      appeal text not null check (appeal in ('none', 'open', 'kept', 'changed')),
      created_at timestamptz not null,
      published_at timestamptz,
      seen_at timestamptz,
      acknowledged_at timestamptz
    )`);
    this.addSql(`create index quality_review_todo on quality_review (reviewer_id, created_at) where state = 'open'`);
    this.addSql(`create index quality_review_published on quality_review (published_at desc, id)
      where state = 'published'`);
    this.addSql(`create index quality_review_operator on quality_review (operator_id, published_at desc)
      where state = 'published'`);
    this.addSql(`create index quality_review_appeal on quality_review (published_at) where appeal = 'open'`);
    // How many of an operator a plan has drawn lately.
    this.addSql('create index quality_review_plan on quality_review (plan_id, created_at)');

    this.addSql(`create table quality_event (
      id bigint generated always as identity primary key,
      review_id uuid not null references quality_review (id) on delete cascade,
      type text not null,
      at timestamptz not null,
      actor_id text,
      actor_name text,
      -- What was said, and of an appeal that changed the score the answers before and after.
      data jsonb not null
    )`);
    this.addSql('create index quality_event_review on quality_event (review_id, id)');

    this.addSql(`create table quality_calibration (
      id uuid primary key,
      ticket_id uuid not null references ticket (id) on delete cascade,
      operator_id text not null,
      form_version integer not null references quality_form (version),
      started_by text not null,
      started_at timestamptz not null,
      closed_at timestamptz
    )`);
    this.addSql('create index quality_calibration_newest on quality_calibration (started_at desc)');
    this.addSql(`create table quality_opinion (
      calibration_id uuid not null references quality_calibration (id) on delete cascade,
      reviewer_id text not null,
      answers jsonb not null,
      comment text not null,
      submitted_at timestamptz,
      primary key (calibration_id, reviewer_id)
    )`);
    this.addSql('create index quality_opinion_todo on quality_opinion (reviewer_id) where submitted_at is null');

    // What closed lately is what reviews are drawn from.
    this.addSql('create index contact_fact_closed on contact_fact (closed_at) where closed_at is not null');
  }
}
