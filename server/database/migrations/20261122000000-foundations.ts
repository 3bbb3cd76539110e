import { Migration } from '@mikro-orm/migrations';

/** The path of a contact: who wrote, what was said, what waits, who answers. */
export class Foundations extends Migration {
  override up(): void {
    this.addSql(`create table citizen (
      id uuid primary key,
      name text,
      email text,
      phone text,
      locale text not null,
      about text,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);
    // The inbox finds people by any part of a name or an e-mail.
    this.addSql('create extension if not exists pg_trgm');
    this.addSql(
      `create index citizen_search on citizen using gin ((lower(coalesce(name, '') || ' ' || coalesce(email, ''))) gin_trgm_ops)`,
    );

    this.addSql(`create table identity (
      id uuid primary key,
      citizen_id uuid not null references citizen (id),
      channel text not null,
      address text not null,
      display_name text,
      created_at timestamptz not null
    )`);
    // One person per address: what serialises two first messages of the same stranger.
    this.addSql('create unique index identity_address on identity (channel, address)');
    this.addSql('create index identity_citizen on identity (citizen_id)');

    this.addSql(`create table channel_account (
      id text primary key,
      channel text not null,
      name text not null,
      created_at timestamptz not null
    )`);

    this.addSql(`create table conversation (
      id uuid primary key,
      citizen_id uuid not null references citizen (id),
      channel_account_id text not null references channel_account (id),
      channel text not null,
      address text not null,
      locale text not null,
      last_seq integer not null default 0,
      citizen_delivered integer not null default 0,
      citizen_read integer not null default 0,
      city_delivered integer not null default 0,
      city_read integer not null default 0,
      consent_version text,
      consent_at timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null
    ) with (fillfactor = 70)`);
    // A conversation is found by the address a message comes from; there is never a second one.
    this.addSql('create unique index conversation_address on conversation (channel_account_id, address)');
    this.addSql('create index conversation_citizen on conversation (citizen_id)');

    this.addSql(`create table ticket (
      id uuid primary key,
      number bigint generated always as identity,
      conversation_id uuid not null references conversation (id),
      citizen_id uuid not null references citizen (id),
      channel text not null,
      state text not null check (state in ('bot', 'waiting', 'offered', 'assigned', 'closed')),
      queue_id text,
      priority smallint not null,
      operator_id text,
      reserved_for text,
      clock_at timestamptz not null,
      waiting_since timestamptz,
      accepted_at timestamptz,
      closed_at timestamptz,
      disposition text,
      summary text,
      bot_seq integer not null default 0,
      bot_state jsonb,
      bot_busy_until timestamptz,
      last_preview text,
      last_direction text,
      last_message_at timestamptz,
      unread integer not null default 0,
      rating smallint check (rating between 1 and 5),
      rating_comment text,
      version integer not null default 0,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      check ((state = 'closed') = (closed_at is not null)),
      check (state not in ('offered', 'assigned') or operator_id is not null)
    ) with (fillfactor = 70)`);
    // One open contact a conversation, whatever arrives at the same instant.
    this.addSql(`create unique index ticket_open on ticket (conversation_id) where state <> 'closed'`);
    this.addSql('create unique index ticket_number on ticket (number)');
    // The queue in its order: priority, then the fair clock. Holds only what waits, so it stays small for ever.
    this.addSql(`create index ticket_queue on ticket (priority, clock_at, id) where state in ('waiting', 'offered')`);
    // What an operator holds, for the inbox and for capacity.
    this.addSql(`create index ticket_held on ticket (operator_id) where state in ('offered', 'assigned')`);
    // Contacts the bot still owes an answer, for the reconciler.
    this.addSql(`create index ticket_bot on ticket (updated_at) where state = 'bot'`);
    this.addSql(`create index ticket_closed on ticket (closed_at desc, number desc) where state = 'closed'`);
    this.addSql('create index ticket_conversation on ticket (conversation_id, number desc)');
    this.addSql('create index ticket_citizen on ticket (citizen_id, number desc)');
    this.addSql('create index ticket_accepted on ticket (accepted_at) where accepted_at is not null');
    this.addSql('create index ticket_created on ticket (created_at)');

    this.addSql(`create table message (
      id uuid primary key,
      conversation_id uuid not null references conversation (id),
      seq integer not null,
      ticket_id uuid references ticket (id),
      channel_account_id text not null,
      external_id text not null,
      direction text not null,
      author_type text not null,
      author_id text,
      author_name text,
      parts jsonb not null,
      client_id text,
      status text not null,
      failure jsonb,
      provider_message_id text,
      claimed_until timestamptz,
      created_at timestamptz not null
    )`);
    // One order a conversation, and the cursor that widget and console resume from.
    this.addSql('create unique index message_seq on message (conversation_id, seq)');
    // Once in effect: the truth behind every retry.
    this.addSql('create unique index message_external on message (channel_account_id, external_id)');
    // What the reconciler sends again; empty most of the time.
    this.addSql(`create index message_unsent on message (created_at) where status = 'queued'`);
    // A provider's report names its own id.
    this.addSql(
      `create index message_provider on message (channel_account_id, provider_message_id) where provider_message_id is not null`,
    );

    this.addSql(`create table raw_input (
      id uuid primary key,
      channel_account_id text not null,
      body text not null,
      error text not null,
      received_at timestamptz not null,
      decoded_at timestamptz
    )`);
    this.addSql('create index raw_input_undecoded on raw_input (received_at) where decoded_at is null');

    this.addSql(`create table ticket_event (
      id bigint generated always as identity primary key,
      ticket_id uuid not null references ticket (id),
      conversation_id uuid not null,
      type text not null,
      at timestamptz not null,
      actor_type text not null,
      actor_id text,
      actor_name text,
      data jsonb not null,
      client_id text
    )`);
    this.addSql('create index ticket_event_ticket on ticket_event (ticket_id, id)');
    // A note sent twice by an impatient click is one note.
    this.addSql(
      `create unique index ticket_event_client on ticket_event (ticket_id, client_id) where client_id is not null`,
    );

    this.addSql(`create table attachment (
      id uuid primary key,
      owner text not null,
      conversation_id uuid references conversation (id),
      name text not null,
      mime_type text not null,
      size integer not null,
      sha256 text not null,
      storage_key text not null,
      created_at timestamptz not null
    )`);
    this.addSql('create index attachment_orphan on attachment (created_at) where conversation_id is null');
  }
}
