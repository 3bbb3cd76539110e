import { Migration } from '@mikro-orm/migrations';

/** What a ticket is found by: its words without accents and by their stems, names, numbers, and what lists are filtered by. */
export class Inbox extends Migration {
  override up(): void {
    this.addSql('create extension if not exists unaccent');
    this.addSql('create text search configuration linea_spanish (copy = pg_catalog.spanish)');
    this.addSql(`alter text search configuration linea_spanish
      alter mapping for word, hword, hword_part, numword with unaccent, spanish_stem`);
    // Names have no stems: Rosas is not Rosa.
    this.addSql('create text search configuration linea_simple (copy = pg_catalog.simple)');
    this.addSql(`alter text search configuration linea_simple
      alter mapping for word, hword, hword_part, numword with unaccent, simple`);

    this.addSql(`create table search_entry (
      ticket_id uuid primary key references ticket (id) on delete cascade,
      number bigint not null,
      -- What was said, and how the person is known: where excerpts come from.
      said text not null,
      known text not null,
      -- Each with the shelf of its ticket before it: see server/search/shelves.ts.
      words tsvector not null
    )`);
    // Entries are made apart from who speaks, many at once: the index can be whole at any time.
    this.addSql('create index search_entry_words on search_entry using gin (words) with (fastupdate = off)');

    // Tickets whose entry is to be made anew. Only ever added to, so that nobody waits for anybody here.
    this.addSql(`create table search_due (
      id bigint generated always as identity primary key,
      ticket_id uuid not null
    ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)`);
    this.markDue();
    this.addSql('insert into search_due (ticket_id) select id from ticket order by number');

    // What is closed, by the queues and the person that an operator sees it by: the newest of each, merged.
    this.addSql(
      `create index ticket_closed_queue on ticket (queue_id, closed_at desc, number desc) where state = 'closed'`,
    );
    this.addSql(`create index ticket_closed_operator on ticket (operator_id, closed_at desc, number desc)
      where state = 'closed'`);

    this.addSql(`create table saved_view (
      id uuid primary key,
      owner_id text not null references operator (id) on delete cascade,
      name text not null,
      filters jsonb not null,
      shared boolean not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);
    this.addSql('create index saved_view_owner on saved_view (owner_id)');
    this.addSql('create index saved_view_shared on saved_view (created_at) where shared');

    // What was done to many at once, with how each was before: what an undo gives back.
    this.addSql(`create table bulk_action (
      id uuid primary key,
      operator_id text not null references operator (id) on delete cascade,
      action jsonb not null,
      changes jsonb not null,
      at timestamptz not null,
      undo_until timestamptz not null,
      undone_at timestamptz
    )`);
    this.addSql('create index bulk_action_age on bulk_action (at)');
  }

  /** Whoever writes, in whichever part of the program, what is searched follows. */
  private markDue(): void {
    this.addSql(`create function search_ticket_due() returns trigger language plpgsql as $$
      begin insert into search_due (ticket_id) values (new.id); return null; end $$`);
    this.addSql('create trigger search_added after insert on ticket for each row execute function search_ticket_due()');
    this.addSql(`create trigger search_changed after update on ticket for each row
      when ((old.state, old.queue_id, old.operator_id, old.disposition, old.priority, old.rating, old.subject, old.summary,
          old.citizen_id, old.conversation_id, old.protected) is distinct from
        (new.state, new.queue_id, new.operator_id, new.disposition, new.priority, new.rating, new.subject, new.summary,
          new.citizen_id, new.conversation_id, new.protected))
      execute function search_ticket_due()`);

    this.addSql(`create function search_messages_due() returns trigger language plpgsql as $$
      begin
        insert into search_due (ticket_id) select distinct ticket_id from added where ticket_id is not null;
        return null;
      end $$`);
    this.addSql(`create trigger search_added after insert on message referencing new table as added
      for each statement execute function search_messages_due()`);

    this.addSql(`create function search_row_due() returns trigger language plpgsql as $$
      begin insert into search_due (ticket_id) values (new.ticket_id); return null; end $$`);
    this.addSql(`create trigger search_changed after update on message for each row
      when (new.ticket_id is not null and old.parts is distinct from new.parts) execute function search_row_due()`);
    this.addSql(`create trigger search_added after insert on ticket_event for each row
      when (new.type = 'note') execute function search_row_due()`);
    this.addSql(
      'create trigger search_added after insert on case_ticket for each row execute function search_row_due()',
    );

    this.addSql(`create function search_person_due() returns trigger language plpgsql as $$
      begin
        insert into search_due (ticket_id) select id from ticket where citizen_id = new.id;
        return null;
      end $$`);
    this.addSql(`create trigger search_changed after update on citizen for each row
      when ((old.name, old.email, old.phone) is distinct from (new.name, new.email, new.phone))
      execute function search_person_due()`);
    this.addSql(`create function search_identity_due() returns trigger language plpgsql as $$
      begin
        insert into search_due (ticket_id) select id from ticket where citizen_id = new.citizen_id;
        return null;
      end $$`);
    this.addSql(
      'create trigger search_added after insert on identity for each row execute function search_identity_due()',
    );
    this.addSql(`create trigger search_changed after update on identity for each row
      when ((old.citizen_id, old.address, old.display_name) is distinct from (new.citizen_id, new.address, new.display_name))
      execute function search_identity_due()`);
    this.addSql(`create function search_conversation_due() returns trigger language plpgsql as $$
      begin
        insert into search_due (ticket_id) select id from ticket where conversation_id = new.id;
        return null;
      end $$`);
    this.addSql(`create trigger search_changed after update on conversation for each row
      when (old.locale is distinct from new.locale) execute function search_conversation_due()`);
  }
}
