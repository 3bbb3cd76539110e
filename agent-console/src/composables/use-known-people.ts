import { computed } from 'vue';
import type { EmailAddress } from '../../../server/contract/email.ts';
import type { Conversation } from '../stores/conversations.ts';
import { useDirectory } from '../stores/directory.ts';
import { envelopeOf } from './mail.ts';
import { withRecipients } from './recipients.ts';

/** Whom an answer by mail may go to as well: everybody who took part, and the city's departments. */
export function useKnownPeople(conversation: () => Conversation) {
  const directory = useDirectory();
  return computed<EmailAddress[]>(() => {
    const { citizen, email, messages } = conversation();
    if (!email) return [];
    const envelopes = messages.map(envelopeOf).filter((each) => each !== null);
    const took = envelopes.flatMap(({ from, to, cc }) => [from, ...to, ...cc]);
    const departments = directory.city?.departments.map(({ title, address }) => ({ address, name: title })) ?? [];
    const own = citizen.email ? [{ address: citizen.email, name: citizen.name }] : [];
    return withRecipients(own, [...took, ...departments]).filter(
      ({ address }) => address !== '' && address !== email.from.address,
    );
  });
}
