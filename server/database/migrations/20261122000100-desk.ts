import { Migration } from '@mikro-orm/migrations';

/** Operators, queues, offers, and what the machinery keeps for itself. */
export class Desk extends Migration {
  override up(): void {
    this.addSql(`create table operator (
      id text primary key,
      name text not null,
      email text not null unique,
      email_verified boolean not null default false,
      image text,
      role text not null default 'operator' check (role in ('operator', 'supervisor', 'department', 'administrator')),
      capacity smallint not null default 4 check (capacity between 1 and 12),
      locale text not null default 'es',
      disabled boolean not null default false,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);
    this.addSql(`create table auth_session (
      id text primary key,
      token text not null unique,
      user_id text not null references operator (id) on delete cascade,
      expires_at timestamptz not null,
      ip_address text,
      user_agent text,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);
    this.addSql('create index auth_session_user on auth_session (user_id)');
    this.addSql(`create table auth_account (
      id text primary key,
      account_id text not null,
      provider_id text not null,
      user_id text not null references operator (id) on delete cascade,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      password text,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);
    this.addSql('create index auth_account_user on auth_account (user_id)');
    this.addSql(`create table auth_verification (
      id text primary key,
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz,
      updated_at timestamptz
    )`);
    this.addSql('create index auth_verification_identifier on auth_verification (identifier)');

    this.addSql(`create table queue (
      id text primary key,
      name jsonb not null,
      hours jsonb not null,
      service_level_target double precision not null,
      service_level_seconds integer not null,
      offer_seconds integer not null,
      priority smallint not null,
      is_default boolean not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);
    this.addSql('create unique index queue_default on queue (is_default) where is_default');
    this.addSql(`create table queue_operator (
      queue_id text not null references queue (id) on delete cascade,
      operator_id text not null references operator (id) on delete cascade,
      primary key (queue_id, operator_id)
    )`);
    this.addSql('create index queue_operator_operator on queue_operator (operator_id)');

    this.addSql(`create table presence (
      operator_id text primary key references operator (id) on delete cascade,
      status text not null,
      reason text not null,
      since timestamptz not null,
      lease_until timestamptz not null,
      idle_since timestamptz not null
    )`);

    this.addSql(`create table offer (
      id uuid primary key,
      ticket_id uuid not null references ticket (id),
      operator_id text not null references operator (id),
      offered_at timestamptz not null,
      expires_at timestamptz not null,
      outcome text,
      ended_at timestamptz
    )`);
    // Two operators never get the same ticket, and nobody is asked two questions at once.
    this.addSql('create unique index offer_ticket_pending on offer (ticket_id) where outcome is null');
    this.addSql('create unique index offer_operator_pending on offer (operator_id) where outcome is null');
    // Who let a ticket pass a moment ago, so that others are asked first.
    this.addSql('create index offer_ticket on offer (ticket_id, ended_at)');

    this.addSql(`create table outbox (
      id bigint generated always as identity primary key,
      job text not null,
      data jsonb not null,
      run_at timestamptz,
      created_at timestamptz not null
    ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)`);

    this.addSql(`create table setting (
      key text primary key,
      value jsonb not null,
      updated_at timestamptz not null
    )`);
    this.addSql(`create table canned_reply (
      id uuid primary key,
      shortcut text not null unique,
      title text not null,
      body text not null,
      queue_id text references queue (id) on delete set null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);

    this.addSql(`create table audit_log (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      actor_id text,
      actor_name text,
      action text not null,
      target text,
      before jsonb,
      after jsonb,
      address text,
      request_id text
    )`);
  }
}
