import { computed, ref, watch } from 'vue';
import type { TicketDetail, TicketSummary } from '../../../server/contract/http.ts';
import { limits } from '../../../server/contract/limits.ts';
import { useDrafts } from '../stores/drafts.ts';
import { useOutbox } from '../stores/outbox.ts';
import { useWorkspace } from '../stores/workspace.ts';
import { useOf } from './suggestion-use.ts';
import { useAttachments } from './use-attachments.ts';
import { useComposerTyping } from './use-composer-typing.ts';
import { useMailDraft } from './use-mail-draft.ts';
import { useTemplateDraft } from './use-template-draft.ts';

/** What is being written for a ticket, and its way out. Who does not hold the ticket can still leave notes. */
export function useComposer(
  ticket: () => TicketSummary,
  canReply: () => boolean,
  proposal: () => Pick<TicketDetail, 'email' | 'messaging'>,
  via: () => string | undefined,
) {
  const { id, channel } = ticket();
  const outbox = useOutbox();
  const workspace = useWorkspace();
  const draft = useDrafts().of(id);
  const files = useAttachments(draft, channel);
  const typing = useComposerTyping(id);
  const mail = useMailDraft(draft, () => proposal().email);
  const template = useTemplateDraft(draft, () => proposal().messaging);

  const mode = computed({
    get: () => (canReply() ? draft.mode : 'note'),
    set: (next) => {
      draft.mode = next;
    },
  });
  watch(
    mode,
    (next) => {
      workspace.composerMode = next;
    },
    { immediate: true },
  );
  const isNote = computed(() => mode.value === 'note');
  const asTemplate = computed(() => !isNote.value && template.active.value);
  const text = computed({
    get: () => draft[mode.value],
    set: (next) => {
      draft[mode.value] = next;
    },
  });

  const left = computed(() => (isNote.value ? limits.noteLength : limits.textLength) - text.value.trim().length);
  const attachments = computed(() => (isNote.value ? [] : draft.attachments));
  const uploading = computed(() => files.running.some((each) => !each.failure));
  const canSend = computed(() => (asTemplate.value ? template.complete.value : wordsCanGo.value));
  const wordsCanGo = computed(
    () =>
      left.value >= 0 &&
      (isNote.value || mail.complete.value) &&
      (text.value.trim() !== '' || attachments.value.length > 0 || (uploading.value && !isNote.value)),
  );

  type Afterwards = 'close' | 'snooze' | undefined;
  type Translated = { text: string; language: string } | undefined;
  /** Set once sending was asked for while files were still on their way up: it leaves with the last of them. */
  const leaving = ref<{ then: Afterwards; translated: Translated } | null>(null);
  watch([uploading, text, mode], ([still], [before]) => {
    const order = leaving.value;
    if (!order) return;
    const arrived = before && !still && files.running.length === 0;
    // Whoever writes on, or sees a file refused, decides again.
    if (still === before || !still) leaving.value = null;
    if (arrived) void send(order.then, order.translated);
  });

  const byWay = () => {
    const conversationId = via();
    return conversationId ? { conversationId } : {};
  };

  function sendTemplate() {
    const outgoing = template.outgoing();
    if (!outgoing) return;
    void outbox.send({ ticketId: id, kind: 'reply', attachments: [], ...byWay(), ...outgoing });
    template.leave();
  }

  /**
   * `then`: what to ask about the contact once the server has the answer. `translated`: what leaves in the place of
   * what was written.
   */
  async function send(then?: Afterwards, translated?: Translated) {
    if (!canSend.value) return;
    if (asTemplate.value) return sendTemplate();
    if (uploading.value && !isNote.value) {
      leaving.value = { then, translated };
      return;
    }
    const kind = mode.value;
    const email = kind === 'reply' ? mail.outgoing() : undefined;
    const words = text.value.trim();
    const item = { ticketId: id, kind, text: translated?.text ?? words, attachments: [...attachments.value] };
    const suggestion = kind === 'reply' ? useOf(words, draft.inserted, workspace.suggested) : undefined;
    const written = translated && { text: words, language: translated.language };
    const stored = outbox.send({
      ...item,
      ...byWay(),
      ...(email ? { email } : {}),
      ...(written ? { written } : {}),
      ...(suggestion ? { suggestion } : {}),
    });
    text.value = '';
    if (kind === 'reply') {
      draft.attachments = [];
      draft.inserted = null;
      mail.reset();
    } else if (canReply()) mode.value = 'reply';
    typing.stop();
    if ((await stored) && then) workspace.open(then);
  }

  /** The citizen sees that an answer is being written; a note is nobody's business. */
  function typed() {
    if (!isNote.value) typing.touch();
  }

  return { draft, files, mail, template, asTemplate, mode, isNote, text, left, canSend, leaving, send, typed };
}
