import { Migration } from '@mikro-orm/migrations';

/** Keys for other programs, what they are told, how people sign in, and receipts of what was done to data. */
export class Administration extends Migration {
  override up(): void {
    this.addSql(`create table api_key (
      id uuid primary key,
      name text not null,
      -- SHA-256: of 256 random bits nothing slower is needed.
      hash text not null unique,
      -- Its end, to tell keys apart.
      hint text not null,
      scopes jsonb not null,
      created_by text not null,
      created_at timestamptz not null,
      expires_at timestamptz,
      last_used_at timestamptz,
      revoked_at timestamptz
    )`);

    this.addSql(`create table webhook_endpoint (
      id uuid primary key,
      name text not null,
      url text not null,
      events jsonb not null,
      -- Its secret is made from the installation's, the id and this.
      secret_version integer not null default 1,
      active boolean not null,
      -- Since when nothing has arrived; null: the last one did.
      failing_since timestamptz,
      stopped_by text check (stopped_by in ('person', 'failures')),
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);
    this.addSql(`create table webhook_delivery (
      id uuid primary key,
      endpoint_id uuid not null references webhook_endpoint (id) on delete cascade,
      event text not null,
      body jsonb not null,
      -- What it is about: what has become protected since leaves no more, and erasure finds it.
      ticket_id uuid,
      case_id uuid,
      state text not null check (state in ('waiting', 'delivered', 'failed', 'withheld')),
      attempts integer not null default 0,
      due_at timestamptz,
      status integer,
      response text,
      fault text,
      took_ms integer,
      created_at timestamptz not null,
      finished_at timestamptz
    )`);
    this.addSql('create index webhook_delivery_newest on webhook_delivery (endpoint_id, created_at desc, id)');
    this.addSql(`create index webhook_delivery_due on webhook_delivery (due_at) where state = 'waiting'`);
    this.addSql('create index webhook_delivery_ticket on webhook_delivery (ticket_id) where ticket_id is not null');
    this.addSql('create index webhook_delivery_case on webhook_delivery (case_id) where case_id is not null');

    this.addSql(`create table invitation (
      operator_id text primary key references operator (id) on delete cascade,
      hash text not null unique,
      created_by text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null
    )`);

    this.addSql('alter table operator add column two_factor_enabled boolean not null default false');
    this.addSql(`create table auth_two_factor (
      id text primary key,
      secret text not null,
      backup_codes text not null,
      user_id text not null references operator (id) on delete cascade,
      verified boolean not null default true,
      failed_verification_count integer not null default 0,
      locked_until timestamptz
    )`);
    this.addSql('create index auth_two_factor_user on auth_two_factor (user_id)');

    // Of what was done to data: by whom and when, how much, and hashes, never the data.
    this.addSql(`create table receipt (
      id uuid primary key,
      kind text not null,
      at timestamptz not null,
      actor_id text,
      actor_name text,
      details jsonb not null
    )`);
    this.addSql('create index receipt_newest on receipt (kind, at desc)');
    // What is older than the city keeps it is found by its age; BRIN costs those who write next to nothing.
    this.addSql('create index message_age on message using brin (created_at)');
  }
}
