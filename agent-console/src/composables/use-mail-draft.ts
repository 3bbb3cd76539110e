import { computed, reactive, ref } from 'vue';
import type { SendMessage, TicketDetail } from '../../../server/contract/http.ts';
import type { Draft, MailDraft } from './draft-storage.ts';
import { isAddress } from './recipients.ts';

export const recipientFields = ['to', 'cc', 'bcc'] as const;
export type RecipientFieldName = (typeof recipientFields)[number];

/** What was sent, to be written on. */
export function mailDraftOf(email: NonNullable<SendMessage['email']>): MailDraft {
  const people = (addresses: string[] = []) => addresses.map((address) => ({ address, name: null }));
  return {
    to: people(email.to),
    cc: people(email.cc),
    bcc: people(email.bcc),
    subject: email.subject ?? '',
    quote: email.quote ?? true,
  };
}

/** Where an answer by mail goes: as the server proposes it, until the operator changes it. */
export function useMailDraft(draft: Draft, proposal: () => TicketDetail['email']) {
  const proposed = computed<MailDraft | null>(() => {
    const email = proposal();
    return email && { to: email.to, cc: email.cc, bcc: [], subject: email.subject, quote: true };
  });
  const current = computed(() => (proposed.value ? (draft.email ?? proposed.value) : null));
  /** Whether the fields are on screen, or only the line that sums them up. */
  const opened = ref(false);
  /** Typed into a field and no address yet. */
  const unread = reactive<Record<RecipientFieldName, boolean>>({ to: false, cc: false, bcc: false });

  function change(part: Partial<MailDraft>) {
    if (current.value) draft.email = { ...current.value, ...part };
  }

  /** Back to what the server proposes. */
  function reset() {
    draft.email = null;
    opened.value = false;
  }

  const lacksRecipient = computed(() => current.value !== null && current.value.to.length === 0);
  const complete = computed(() => {
    const mail = current.value;
    if (!mail) return true;
    const all = recipientFields.flatMap((field) => mail[field]);
    return (
      !lacksRecipient.value && all.every(({ address }) => isAddress(address)) && !Object.values(unread).some(Boolean)
    );
  });

  /** What is sent is what is seen: every list is named, also where it is as proposed. */
  function outgoing(): SendMessage['email'] {
    const mail = current.value;
    if (!mail) return undefined;
    const addresses = (field: RecipientFieldName) => mail[field].map(({ address }) => address);
    return {
      to: addresses('to'),
      cc: addresses('cc'),
      bcc: addresses('bcc'),
      subject: mail.subject.trim(),
      quote: mail.quote,
    };
  }

  return { current, opened, unread, change, reset, lacksRecipient, complete, outgoing };
}
export type MailDraftState = ReturnType<typeof useMailDraft>;
