import { Migration } from '@mikro-orm/migrations';

/** WhatsApp, SMS, Messenger and Instagram: pieces and their reports, windows, files that are fetched, one person by many addresses. */
export class Messaging extends Migration {
  override up(): void {
    this.addSql(`alter table channel_account
      add column last_received_at timestamptz,
      add column last_sent_at timestamptz,
      -- The provider asked for a pause: nothing leaves by this account before.
      add column paused_until timestamptz`);

    this.addSql(`alter table conversation
      -- How the provider wants the other side addressed, where that is not the address.
      add column reply_to text,
      -- What the window for answers counts from.
      add column last_inbound_at timestamptz`);

    // One person, several addresses of one account: each leads to the conversation of the first.
    this.addSql(`create table address_alias (
      channel_account_id text not null,
      alias text not null,
      address text not null,
      primary key (channel_account_id, alias)
    )`);

    this.addSql('alter table identity add column opted_out_at timestamptz');

    // A burst is answered when it has settled, and what it brought can be seen and heard.
    this.addSql(`alter table ticket
      add column burst_since timestamptz,
      add column bot_due_at timestamptz,
      add column bot_waits_until timestamptz`);

    this.addSql('alter table message add column marks jsonb');

    // A message may leave as several of the provider's, each with reports of its own.
    this.addSql(`create table message_piece (
      message_id uuid not null references message (id),
      piece smallint not null,
      -- What it says, fixed before the first one leaves; null where the message leaves whole.
      parts jsonb,
      channel_account_id text not null,
      provider_message_id text,
      status text not null check (status in ('queued', 'sent', 'delivered', 'read', 'failed')),
      failure jsonb,
      primary key (message_id, piece)
    )`);
    this.addSql(`insert into message_piece (message_id, piece, channel_account_id, provider_message_id, status, failure)
      select id, 0, channel_account_id, provider_message_id,
        case when status = 'stored' then 'sent' else status end, failure
      from message where provider_message_id is not null`);
    this.addSql(`create unique index message_piece_provider on message_piece (channel_account_id, provider_message_id)
      where provider_message_id is not null`);
    this.addSql('drop index message_provider');
    this.addSql('alter table message drop column provider_message_id');
    // Words to one person leave in their order: whether an earlier one is still on its way.
    this.addSql(`create index message_queued on message (conversation_id, seq) where status = 'queued'`);

    // What an account could not deliver, the newest first.
    this.addSql(`create index message_failed on message (channel_account_id, created_at) where status = 'failed'`);

    // Reports that came before we knew the provider's id of what they are about; few, and short-lived.
    this.addSql(`create table early_report (
      id bigint generated always as identity primary key,
      channel_account_id text not null,
      provider_message_id text not null,
      report jsonb not null,
      received_at timestamptz not null
    )`);
    this.addSql('create index early_report_message on early_report (channel_account_id, provider_message_id)');
    this.addSql('create index early_report_age on early_report (received_at)');

    // Reactions, edits, deletions; those of a message that is not there yet wait for it.
    this.addSql(`create table message_change (
      -- The order in which they came, which is that in which they take effect.
      id bigint generated always as identity,
      channel_account_id text not null,
      external_id text not null,
      target text not null,
      change jsonb not null,
      received_at timestamptz not null,
      applied_at timestamptz,
      primary key (channel_account_id, external_id)
    )`);
    this.addSql(
      'create index message_change_target on message_change (channel_account_id, target) where applied_at is null',
    );

    // Files that are still at the provider, and voice notes that nobody has listened to yet: whatever the bot waits for.
    this.addSql(`create table media_fetch (
      attachment_id uuid primary key,
      message_id uuid not null references message (id),
      channel_account_id text not null,
      step text not null check (step in ('fetch', 'transcribe')),
      source jsonb not null,
      -- The case that was opened before its photo had come.
      case_id uuid references service_case (id),
      tries smallint not null default 0,
      next_at timestamptz not null,
      created_at timestamptz not null
    )`);
    this.addSql('create index media_fetch_due on media_fetch (next_at)');
    this.addSql('create index media_fetch_message on media_fetch (message_id)');

    // Which version of the program could not read it: the next one tries again.
    this.addSql(`alter table raw_input add column reader text`);
    this.addSql('create index raw_input_reader on raw_input (reader) where decoded_at is null');

    this.addSql(`create table citizen_merge (
      id uuid primary key,
      kept_id uuid not null references citizen (id),
      merged_id uuid not null references citizen (id),
      evidence jsonb not null,
      -- What changed hands, by table: what an undo gives back.
      moved jsonb not null,
      -- What the kept person lacked and got.
      filled jsonb not null,
      operator_id text not null,
      operator_name text not null,
      at timestamptz not null,
      undone_at timestamptz,
      check (kept_id <> merged_id)
    )`);
    this.addSql('create index citizen_merge_kept on citizen_merge (kept_id, at desc)');
    // Nobody is part of two people.
    this.addSql('create unique index citizen_merge_merged on citizen_merge (merged_id) where undone_at is null');
    this.addSql('alter table citizen add column merged_into uuid references citizen (id)');
    this.addSql('create index citizen_merged on citizen (merged_into) where merged_into is not null');
    // Two followers of a case may turn out to be one person, and be parted again. What a secret was made of stays.
    this.addSql('alter table case_follower add column id uuid');
    this.addSql('update case_follower set id = citizen_id');
    this.addSql('alter table case_follower alter column id set not null');
    this.addSql('alter table case_follower drop constraint case_follower_pkey');
    this.addSql('alter table case_follower add primary key (case_id, id)');
    this.addSql('create index case_follower_person on case_follower (case_id, citizen_id)');
    // Who may be the same person.
    this.addSql('create index citizen_phone on citizen (phone) where phone is not null');
    this.addSql('create index citizen_email on citizen (email) where email is not null');

    this.addSql(`create table broadcast (
      id uuid primary key,
      client_id uuid not null unique,
      case_id uuid not null references service_case (id),
      text text not null,
      template jsonb,
      state text not null check (state in ('awaiting_approval', 'sending', 'paused', 'done', 'cancelled')),
      created_by text not null,
      created_by_name text not null,
      created_at timestamptz not null,
      approved_by text,
      approved_by_name text,
      finished_at timestamptz,
      -- When it last went on: what does no more is sent on by the reconciler.
      went_on_at timestamptz not null,
      version integer not null default 0
    )`);
    this.addSql('create index broadcast_newest on broadcast (created_at desc)');
    this.addSql('create index broadcast_case on broadcast (case_id, created_at desc)');
    this.addSql(`create index broadcast_sending on broadcast (id) where state = 'sending'`);
    this.addSql(`create table broadcast_recipient (
      broadcast_id uuid not null references broadcast (id),
      citizen_id uuid not null references citizen (id),
      conversation_id uuid references conversation (id),
      how text not null,
      -- Set when it was said, or skipped with a reason.
      message_id uuid references message (id),
      reason text,
      done_at timestamptz,
      primary key (broadcast_id, citizen_id)
    )`);
    // Whose report changes when a message does.
    this.addSql(
      'create index broadcast_recipient_message on broadcast_recipient (message_id) where message_id is not null',
    );
    this.addSql(
      'create index broadcast_recipient_pending on broadcast_recipient (broadcast_id, citizen_id) where done_at is null',
    );
  }
}
