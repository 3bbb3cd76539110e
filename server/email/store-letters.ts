import { sql } from 'kysely';
import type { Message } from '../contract/message.ts';
import type { ConversationRow } from '../conversations/append-messages.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { Arrival } from '../ingest/arrival.ts';
import type { OpenedTickets } from '../ingest/open-tickets.ts';
import { EMAIL_ACCOUNT } from './mailboxes.ts';

/** A message that was just stored, with what it was decoded from. */
export interface StoredArrival {
  arrival: Arrival;
  conversation: ConversationRow;
  message: Message;
}

/** Tells people that their mail came; see `createAcknowledge`. */
export type Acknowledge = (unit: Unit, stored: readonly StoredArrival[], opened: OpenedTickets) => Promise<void>;

/** Keeps what mails hold beside their messages, and by what answers to them will find the conversation. */
export async function storeLetters(unit: Unit, stored: readonly StoredArrival[]): Promise<void> {
  const mails = stored.flatMap(({ arrival: { event }, conversation, message }) => {
    const { letter, thread } = event;
    if (!letter) return [];
    return {
      message_id: message.id,
      conversation_id: conversation.id,
      mailbox: letter.mailbox,
      internet_message_id: letter.internetMessageId,
      references_ids: letter.references,
      reply_to: letter.replyTo,
      full_text: letter.fullText,
      html: letter.html,
      inline_files: letter.inlineFiles,
      authentication: letter.authentication,
      problems: letter.problems,
      raw_key: letter.rawKey,
      sent_at: letter.sentAt,
      // Somebody who only claims to be at an address leaves no trace that others could be led by.
      ids: thread?.trusted ? [thread.id, ...thread.answers] : [],
      people: thread?.trusted ? thread.participants : [],
    };
  });
  if (mails.length === 0) return;
  await sql`
    with input as (
      select * from jsonb_to_recordset(${JSON.stringify(mails)}::jsonb) as (
        message_id uuid, conversation_id uuid, mailbox text, internet_message_id text, references_ids jsonb,
        reply_to text, full_text text, html text, inline_files jsonb, authentication jsonb, problems jsonb,
        raw_key text, sent_at timestamptz, ids jsonb, people jsonb)
    ), kept as (
      insert into email (message_id, mailbox, internet_message_id, references_ids, reply_to, full_text, html,
        inline_files, authentication, problems, raw_key, sent_at)
      select message_id, mailbox, internet_message_id, references_ids, reply_to, full_text, html,
        inline_files, authentication, problems, raw_key, sent_at from input
    ), received as (
      insert into mailbox (id, last_uid, last_received_at)
      select distinct mailbox, 0, ${unit.now}::timestamptz from input order by mailbox
      on conflict (id) do update set last_received_at = excluded.last_received_at
    ), led as (
      insert into email_reference (internet_message_id, conversation_id)
      select distinct on (id) id, conversation_id from input, jsonb_array_elements_text(ids) as id
      order by id on conflict do nothing
    )
    insert into email_participant (conversation_id, address)
    select distinct conversation_id, address from input, jsonb_array_elements_text(people) as address
    on conflict do nothing`.execute(unit.tx);
}

/** A mail of ours, as it will leave. */
export interface LetterDraft {
  messageId: string;
  conversationId: string;
  mailbox: string;
  internetMessageId: string;
  references: string[];
  text: string;
  signature: string;
  /** The message that stands quoted below. */
  quotes: string | null;
  automatic: boolean;
  participants: string[];
  /** The secret for the plus of our address, if the mailbox takes one. */
  token: string | null;
}

/**
 * Keeps what mails of ours need to leave. Their Message-ID is fixed now, so that a bounce finds the message however
 * early it comes, and a mail sent twice by a fault is one mail.
 */
export async function storeOutgoing(unit: Unit, drafts: readonly LetterDraft[]): Promise<void> {
  if (drafts.length === 0) return;
  await sql`
    with input as (
      select * from jsonb_to_recordset(${JSON.stringify(drafts)}::jsonb) as (
        "messageId" uuid, "conversationId" uuid, mailbox text, "internetMessageId" text, "references" jsonb, text text,
        signature text, quotes uuid, automatic boolean, participants jsonb, token text)
    ), kept as (
      insert into email (message_id, mailbox, internet_message_id, references_ids, full_text, inline_files, problems,
        signature, quotes, automatic)
      select "messageId", mailbox, "internetMessageId", "references", text, '{}', '[]', signature, quotes, automatic
      from input
    ), led as (
      insert into email_reference (internet_message_id, conversation_id)
      select "internetMessageId", "conversationId" from input on conflict do nothing
    ), tagged as (
      insert into email_token (token, conversation_id)
      select token, "conversationId" from input where token is not null on conflict do nothing
    ), named as (
      insert into message_piece (message_id, piece, channel_account_id, provider_message_id, status)
      select "messageId", 0, ${EMAIL_ACCOUNT}, "internetMessageId", 'queued' from input
    )
    insert into email_participant (conversation_id, address)
    select distinct "conversationId", address from input, jsonb_array_elements_text(participants) as address
    on conflict do nothing`.execute(unit.tx);
}
