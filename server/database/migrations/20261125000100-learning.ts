import { Migration } from '@mikro-orm/migrations';

/** What the console changed in the city's articles, what it taught the bot, and how the bot's turns went. */
export class Learning extends Migration {
  override up(): void {
    // A version is never changed: to restore one is to save it again. What the city's files say is version 0.
    this.addSql(`create table article_version (
      article_id text not null,
      version integer not null check (version > 0),
      title jsonb not null,
      body jsonb not null,
      department_id text,
      source text,
      responsible text,
      -- A local day of the city.
      valid_until text check (valid_until ~ '^\\d{4}-\\d{2}-\\d{2}$'),
      edited_by text,
      edited_by_name text,
      at timestamptz not null,
      primary key (article_id, version)
    )`);

    // Where a turn stands in its conversation. What was said stays in the messages alone, where erasure finds it.
    this.addSql(`create table bot_turn (
      id uuid primary key,
      ticket_id uuid not null references ticket (id) on delete cascade,
      conversation_id uuid not null,
      from_seq integer not null,
      up_to_seq integer not null,
      reply_from_seq integer,
      reply_to_seq integer,
      understood text,
      confidence real,
      certainty text check (certainty in ('sure', 'between', 'unsure')),
      outcome text not null check (outcome in ('answered', 'asked', 'missed', 'handed_off', 'case_opened', 'danger')),
      corrected boolean not null default false,
      corrected_to text,
      shaped jsonb,
      mark text check (mark in ('good', 'bad')),
      marked_by text,
      marked_by_name text,
      reviewed text check (reviewed in ('taught', 'dismissed')),
      reviewed_by text,
      at timestamptz not null
    )`);
    this.addSql('create unique index bot_turn_place on bot_turn (ticket_id, up_to_seq)');
    // What is to be reviewed, newest first. Turns that went well, which are most, are not in it.
    this.addSql(`create index bot_turn_review on bot_turn (at desc, id desc) where reviewed is null
      and (outcome in ('missed', 'handed_off') or corrected or mark = 'bad')`);

    this.addSql(`create table utterance (
      id uuid primary key,
      catalogue_id text not null,
      text text not null,
      turn_id uuid references bot_turn (id) on delete set null,
      added_by text,
      added_by_name text,
      at timestamptz not null,
      withdrawn_by text,
      withdrawn_at timestamptz
    )`);
    this.addSql(`create unique index utterance_live on utterance (catalogue_id, lower(text))
      where withdrawn_at is null`);
    this.addSql('create index utterance_newest on utterance (at desc, id desc) where withdrawn_at is null');

    // What new utterances would change, measured before they go live. Swept once it is old: it holds their words.
    this.addSql(`create table learning_trial (
      id uuid primary key,
      additions jsonb not null,
      -- How many changes of the utterances there had been: others made since, it says nothing about what is.
      revision integer not null,
      result jsonb,
      failed boolean not null default false,
      started_by text not null,
      at timestamptz not null,
      finished_at timestamptz,
      published_at timestamptz
    )`);
  }
}
