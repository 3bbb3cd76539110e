import { useLocalStorage } from '@vueuse/core';
import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CaseDetail, NearbyCase } from '../../../server/contract/case.ts';
import type { TicketSummary } from '../../../server/contract/http.ts';
import { limits } from '../../../server/contract/limits.ts';
import { call } from '../api/client.ts';
import { useCalls } from '../stores/calls.ts';
import type { Conversation } from '../stores/conversations.ts';
import { useConversations } from '../stores/conversations.ts';
import { useDirectory } from '../stores/directory.ts';
import { useDrafts } from '../stores/drafts.ts';
import { useOpenCases } from '../stores/open-cases.ts';
import { useSession } from '../stores/session.ts';
import { affectedOf, blankCaseForm, type CaseForm, caseDraftKey, placeOf } from './case-draft-storage.ts';
import { citizensLocation, citizensPhotos, citizensWords, toldByCalls, understoodService } from './case-prefill.ts';
import { useFormats } from './use-formats.ts';
import { useSubmit } from './use-submit.ts';

/** What became of the form: a new case, or one that the citizen now follows. */
export interface OpenedCase {
  detail: CaseDetail;
  followed: boolean;
}

/** A case being opened, from a contact or without one. What is written is kept in this browser until it is a case. */
export function useOpenCaseForm(ticket: TicketSummary | null, conversation: Conversation | null) {
  const { t } = useI18n();
  const { phrase } = useFormats();
  const directory = useDirectory();
  const openCases = useOpenCases();
  const conversations = useConversations();
  const calls = useCalls();
  const drafts = useDrafts();
  const key = caseDraftKey(useSession().operator?.id ?? '', ticket?.id ?? '');

  const messages = conversation?.messages ?? [];
  const understood = ticket ? understoodService(directory.services, ticket, messages) : null;
  const photos = ticket ? citizensPhotos(messages, ticket.id) : [];
  const location = ticket ? citizensLocation(messages, ticket.id) : null;

  /** What the citizen wrote, or what their call left: their message, what the operator noted. */
  function told({ id, channel }: TicketSummary): string {
    const words = citizensWords(messages, id);
    if (words || channel !== 'voice') return words;
    return toldByCalls(calls.ofTicket(id)) || drafts.of(id).note.trim();
  }

  function fresh(): CaseForm & { clientId: string } {
    const form = blankCaseForm();
    return {
      ...form,
      // Kept with the draft, so that sending it again after a lost answer is the same case.
      clientId: crypto.randomUUID(),
      serviceId: understood ?? '',
      description: ticket ? told(ticket) : '',
      // Where they say they are is where it is, until somebody says otherwise.
      place: { ...form.place, point: location && { latitude: location.latitude, longitude: location.longitude } },
      attachments: photos
        .slice(0, 10)
        .map(({ attachmentId, name, mimeType, size }) => ({ id: attachmentId, name, mimeType, size })),
    };
  }
  const draft = useLocalStorage(key, fresh(), { mergeDefaults: true });

  const service = computed(() => directory.serviceById.get(draft.value.serviceId) ?? null);
  const needsPlace = computed(() => service.value?.location === 'required');
  /** What the service asks; pictures have their own place in the form. */
  const questions = computed(() => (service.value?.questions ?? []).filter(({ kind }) => kind !== 'photo'));
  const unanswered = computed(() =>
    service.value?.questions.find(({ id, kind, required }) => {
      const { answers, attachments } = draft.value;
      return required && (kind === 'photo' ? attachments.length === 0 : !answers[id]?.trim());
    }),
  );
  /** What is still missing, as a sentence; empty when it can be opened. */
  const missing = computed(() => {
    const { serviceId, description, place, onBehalf, affected } = draft.value;
    if (!serviceId) return t('caseForm.missing.service');
    if (!description.trim()) return t('caseForm.missing.description');
    if (description.length > limits.textLength) return t('caseForm.missing.tooLong', { max: limits.textLength });
    if (needsPlace.value && !place.point && !place.address.trim()) return t('caseForm.missing.place');
    if (unanswered.value) return t('caseAnswers.missing', { question: phrase(unanswered.value.label) });
    if (onBehalf && !affected.name.trim()) return t('caseForm.missing.affected');
    return '';
  });

  const opened = ref<OpenedCase | null>(null);
  function done(detail: CaseDetail, followed: boolean) {
    openCases.take(detail);
    if (ticket) conversations.addCase(ticket.id, detail);
    opened.value = { detail, followed };
    localStorage.removeItem(key);
  }

  const { busy, failure, submit } = useSubmit(async () => {
    const form = draft.value;
    const body = {
      clientId: form.clientId,
      serviceId: form.serviceId,
      description: form.description.trim(),
      place: placeOf(form.place),
      attachmentIds: form.attachments.map(({ id }) => id),
      affected: affectedOf(form),
      answers: questions.value.flatMap(({ id }) => {
        const value = form.answers[id]?.trim();
        return value ? [{ questionId: id, value }] : [];
      }),
      triage: form.place.triage,
      ...(ticket ? { ticketId: ticket.id } : {}),
    };
    done(await call('createCase', { body }), false);
  });

  async function follow(found: NearbyCase) {
    if (ticket) done(await call('followCaseFor', { params: { id: found.id }, body: { ticketId: ticket.id } }), true);
  }

  /** Back to what the conversation says. */
  function startAgain() {
    draft.value = fresh();
  }
  return {
    draft,
    service,
    questions,
    needsPlace,
    missing,
    understood,
    photos,
    location,
    opened,
    busy,
    failure,
    submit,
    follow,
    startAgain,
  };
}
