import { Migration } from '@mikro-orm/migrations';

/** Mails: several conversations an address, what a mail holds beside its message, and how far mailboxes were read. */
export class Email extends Migration {
  override up(): void {
    // Where a channel has threads, an address has a conversation a thread; elsewhere `thread` stays empty.
    this.addSql(`alter table conversation add column thread text not null default ''`);
    // A conversation with a department about a citizen's ticket; it has no ticket of its own.
    this.addSql(`alter table conversation add column side_of uuid references ticket (id)`);
    this.addSql('drop index conversation_address');
    this.addSql('create unique index conversation_address on conversation (channel_account_id, address, thread)');
    this.addSql('create index conversation_side on conversation (side_of) where side_of is not null');

    this.addSql('alter table ticket add column subject text');
    this.addSql('alter table ticket add column snoozed_until timestamptz');
    this.addSql('alter table ticket drop constraint ticket_state_check');
    this.addSql(`alter table ticket add constraint ticket_state_check
      check (state in ('bot', 'waiting', 'offered', 'assigned', 'snoozed', 'closed'))`);
    this.addSql(`alter table ticket add check (state <> 'snoozed' or operator_id is not null)`);
    // What comes back by itself, soonest first.
    this.addSql(`create index ticket_snoozed on ticket (snoozed_until) where state = 'snoozed'`);

    this.addSql('alter table queue add column reopen_days integer not null default 7');
    this.addSql(`alter table queue add column signature text not null default ''`);

    this.addSql(`create table email (
      message_id uuid primary key references message (id),
      mailbox text not null,
      internet_message_id text,
      references_ids jsonb not null,
      reply_to text,
      full_text text not null,
      html text,
      inline_files jsonb not null,
      authentication jsonb,
      problems jsonb not null,
      raw_key text,
      sent_at timestamptz,
      signature text not null default '',
      quotes uuid references message (id),
      automatic boolean not null default false
    )`);
    // Every Message-ID ever seen in a conversation leads to it. The first one that claims an id keeps it.
    this.addSql(`create table email_reference (
      internet_message_id text primary key,
      conversation_id uuid not null references conversation (id)
    )`);
    this.addSql(`create table email_participant (
      conversation_id uuid not null references conversation (id),
      address text not null,
      primary key (conversation_id, address)
    )`);
    // The secret that stands after the plus of our address.
    this.addSql(`create table email_token (
      token text primary key,
      conversation_id uuid not null unique references conversation (id)
    )`);
    // The brake: who got how many automatic mails since when, and who asked for no more.
    this.addSql(`create table email_address (
      address text primary key,
      since timestamptz not null,
      automatic_mails integer not null,
      opted_out_at timestamptz
    )`);
    this.addSql(`create table mailbox (
      id text primary key,
      uid_validity text,
      last_uid bigint not null default 0,
      holder text,
      held_until timestamptz,
      fault text,
      last_received_at timestamptz
    )`);
  }
}
