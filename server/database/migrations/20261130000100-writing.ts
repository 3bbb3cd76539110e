import { Migration } from '@mikro-orm/migrations';

/** What helps people to write: what became of suggestions, translations, and words that are right. */
export class Writing extends Migration {
  override up(): void {
    this.addSql(`create table suggestion_use (
      message_id uuid primary key references message (id) on delete cascade,
      kind text not null check (kind in ('article', 'case', 'canned')),
      suggested_id text not null,
      use text not null check (use in ('as_is', 'edited', 'ignored')),
      at timestamptz not null
    )`);
    // Figures are of the last months.
    this.addSql('create index suggestion_use_at on suggestion_use (at)');

    this.addSql(`create table message_translation (
      message_id uuid primary key references message (id) on delete cascade,
      -- Of the message itself; the translation is in the language of the desk.
      language text not null check (language ~ '^[a-z]{2}$'),
      text text not null,
      origin text not null check (origin in ('machine', 'written')),
      model text,
      at timestamptz not null
    )`);

    this.addSql(`create table spelling_word (
      id uuid primary key,
      word text not null,
      -- Whose word it is; null: everybody's.
      operator_id text references operator (id) on delete cascade,
      added_by_name text not null,
      at timestamptz not null,
      constraint spelling_word_once unique nulls not distinct (operator_id, word)
    )`);
  }
}
