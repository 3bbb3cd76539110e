import type { z } from 'zod';
import type { City } from '../contract/city.ts';
import type { EmailAddress } from '../contract/email.ts';
import { AppError } from '../contract/errors.ts';
import type { sendEmailSchema } from '../contract/http.ts';
import type { EmailPart, Message } from '../contract/message.ts';
import type { TicketRow } from '../conversations/change-ticket.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type AnswerDefaults, answerDefaults } from './answer-defaults.ts';
import { answerSubject, envelopeOf, letterIds } from './mailboxes.ts';
import { storeOutgoing } from './store-letters.ts';

export interface Answer {
  part: EmailPart;
  /** Keeps what the mail needs to leave, once its message is stored. */
  store(unit: Unit, message: Message): Promise<void>;
}

/**
 * An operator's answer by mail: what they left open is as an answer to the last mail would have it.
 * @throws AppError `invalid_input` when it would go to nobody but ourselves
 */
export async function composeAnswer(
  unit: Unit,
  city: City,
  ticket: Pick<TicketRow, 'conversation_id' | 'number' | 'subject' | 'queue_id'>,
  operatorName: string,
  chosen: z.output<typeof sendEmailSchema> | undefined,
): Promise<Answer> {
  const defaults = await answerDefaults(
    unit.tx,
    city,
    {
      conversationId: ticket.conversation_id,
      number: ticket.number,
      subject: ticket.subject,
      queueId: ticket.queue_id,
    },
    operatorName,
  );
  const named = namesOf(defaults);
  const ours = new Set(city.mailboxes.map(({ address }) => address));
  const to = chosen?.to ? chosen.to.map(named) : defaults.to;
  const cc = chosen?.cc ? chosen.cc.map(named) : defaults.cc;
  const bcc = (chosen?.bcc ?? []).map(named);
  // A mail to ourselves comes back as what it is, our own, and reaches nobody.
  if ([...to, ...cc, ...bcc].every(({ address }) => ours.has(address) || !address.includes('@'))) {
    throw new AppError('invalid_input', { to: to.map(({ address }) => address).join(', ') });
  }
  const { mailbox, answers } = defaults;
  const subject = chosen?.subject ? answerSubject(chosen.subject, ticket.number) : defaults.subject;
  const part = envelopeOf(mailbox, { subject, to, cc, bcc });
  return {
    part,
    store: (inside, message) =>
      storeOutgoing(inside, [
        {
          ...letterIds(message.id, mailbox),
          messageId: message.id,
          conversationId: ticket.conversation_id,
          mailbox: mailbox.id,
          references: answers?.references ?? [],
          text: textOf(message),
          signature: defaults.signature,
          quotes: chosen?.quote === false ? null : (answers?.messageId ?? null),
          automatic: false,
          participants: [...to, ...cc, ...bcc].map(({ address }) => address),
        },
      ]),
  };
}

/** Addresses as the conversation knows their names. */
function namesOf({ to, cc }: AnswerDefaults): (address: string) => EmailAddress {
  const known = new Map([...to, ...cc].map((one) => [one.address, one.name]));
  return (address) => ({ address, name: known.get(address) ?? null });
}

const textOf = (message: Message): string =>
  message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
