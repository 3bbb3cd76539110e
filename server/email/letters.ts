import type { LetterCarrier, SendResult } from '../contract/channel.ts';
import type { City, CityMailbox } from '../contract/city.ts';
import type { MailAccount, OutgoingLetter } from '../contract/email.ts';

/** Mail of the city's own that belongs to no conversation: reports, invitations. */
export interface Letters {
  /** The mailbox it leaves from: the first one that has an outgoing server; null: none has. */
  from: CityMailbox | null;
  /** Throws for faults of the network, which are worth a retry; what the server says is a value. */
  send(letter: OutgoingLetter): Promise<SendResult>;
  /** By whom mail leaves. */
  carriedBy(carrier: LetterCarrier): void;
}

export function createLetters(
  city: Pick<City, 'mailboxes'>,
  accounts: ReadonlyMap<string, Pick<MailAccount, 'smtp'>>,
): Letters {
  let carrier: LetterCarrier | null = null;
  return {
    from: city.mailboxes.find(({ id }) => accounts.get(id)?.smtp) ?? null,
    async send(letter) {
      if (!carrier) throw new Error('Nothing carries mail yet');
      return carrier.sendLetter(letter);
    },
    carriedBy(next) {
      carrier = next;
    },
  };
}
