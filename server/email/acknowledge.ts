import { sql } from 'kysely';
import type { Desk } from '../contract/bot.ts';
import type { City } from '../contract/city.ts';
import { systemActor } from '../conversations/change-ticket.ts';
import type { Say, Speech } from '../conversations/say.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { answerSubject, EMAIL_ACCOUNT, envelopeOf, letterIds, mailboxOf } from './mailboxes.ts';
import { type Acknowledge, type StoredArrival, storeOutgoing } from './store-letters.ts';

/** The brake: more automatic mails an hour go to nobody, whatever answers them. */
const MOST_AN_HOUR = 5;
/** Nobody reads there, whatever their mail says of itself. */
const NOBODY =
  /^(?:no[._-]?reply|do[._-]?not[._-]?reply|no[._-]?responder|mailer-daemon|postmaster|bounces?|noreply\+.*)@/i;

/**
 * Tells whoever begins a conversation by mail that it came and under which number. Once a conversation; never to a
 * machine, to somebody who only claims the address, to ourselves, or beyond the brake.
 */
export function createAcknowledge(city: City, desk: Pick<Desk, 'phrase'>, say: Say): Acknowledge {
  const ours = new Set(city.mailboxes.map(({ address }) => address));

  const deserves = ({ arrival: { event }, message }: StoredArrival): boolean =>
    event.letter !== undefined &&
    message.seq === 1 &&
    event.automatic !== true &&
    event.thread?.trusted === true &&
    event.from.address.includes('@') &&
    !ours.has(event.from.address) &&
    !NOBODY.test(event.from.address);

  return async (unit, stored, { tickets, begun }) => {
    const asked = stored.filter(deserves);
    if (asked.length === 0) return;
    const allowed = await brake(unit, asked);
    const speeches = allowed.flatMap((entry) => {
      const ticket = tickets.get(entry.conversation.id);
      if (!ticket || !begun.has(ticket.id)) return [];
      return { ...entry, ticket, subject: answerSubject(entry.arrival.event.subject ?? '', ticket.number) };
    });
    const messages = await say.toMany(
      unit,
      speeches.map(({ arrival: { event }, conversation, ticket, subject }): Speech => {
        const mailbox = mailboxOf(city, event.letter?.mailbox);
        return {
          conversation,
          ticket,
          utterances: [
            {
              author: systemActor,
              externalId: acknowledgementOf(conversation.id),
              parts: [
                envelopeOf(mailbox, {
                  subject,
                  to: [{ address: event.letter?.replyTo ?? event.from.address, name: event.from.displayName ?? null }],
                  cc: [],
                  bcc: [],
                }),
                {
                  type: 'text',
                  text: desk.phrase('email.acknowledgement', conversation.locale, {
                    number: String(ticket.number),
                    city: city.contactName,
                    privacy: city.privacyNotice.short[conversation.locale],
                  }),
                },
              ],
            },
          ],
        };
      }),
    );
    await storeOutgoing(
      unit,
      messages.map((message, index) => {
        const { arrival, conversation } = speeches[index] as (typeof speeches)[number];
        const { letter } = arrival.event;
        const mailbox = mailboxOf(city, letter?.mailbox);
        return {
          ...letterIds(message.id, mailbox),
          messageId: message.id,
          conversationId: conversation.id,
          mailbox: mailbox.id,
          references: [...(letter?.references ?? []), ...(letter?.internetMessageId ? [letter.internetMessageId] : [])],
          text: message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n'),
          signature: '',
          quotes: null,
          automatic: true,
          participants: [],
        };
      }),
    );
  };
}

const acknowledgementOf = (conversationId: string): string => `acknowledgement:${conversationId}`;

/** Whether who began a conversation by mail was found to be somebody whom a machine may write to. */
export async function wasAcknowledged(unit: Unit, conversationId: string): Promise<boolean> {
  const found = await unit.tx
    .selectFrom('message')
    .select('id')
    .where('channel_account_id', '=', EMAIL_ACCOUNT)
    .where('external_id', '=', acknowledgementOf(conversationId))
    .executeTakeFirst();
  return found !== undefined;
}

/** Those among them whose address has not had too many automatic mails, and has not asked for none. */
async function brake(unit: Unit, asked: readonly StoredArrival[]): Promise<StoredArrival[]> {
  const addresses = asked.map(({ conversation }) => conversation.address);
  const { rows } = await sql<{ address: string; room: number }>`
    insert into email_address as e (address, since, automatic_mails)
    select address, ${unit.now}::timestamptz, count(*)::int from unnest(${addresses}::text[]) as address
    group by address order by address
    on conflict (address) do update set
      automatic_mails = excluded.automatic_mails
        + case when e.since > excluded.since - interval '1 hour' then e.automatic_mails else 0 end,
      since = case when e.since > excluded.since - interval '1 hour' then e.since else excluded.since end
    returning address, case when opted_out_at is not null then 0
      else ${MOST_AN_HOUR} - automatic_mails + (select count(*) from unnest(${addresses}::text[]) a where a = e.address)
    end::int as room`.execute(unit.tx);
  const room = new Map(rows.map((row) => [row.address, row.room]));
  return asked.filter(({ conversation }) => {
    const left = room.get(conversation.address) ?? 0;
    room.set(conversation.address, left - 1);
    return left > 0;
  });
}
