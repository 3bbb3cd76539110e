import { defineStore } from 'pinia';
import { reactive } from 'vue';
import type { Message } from '../../../server/contract/message.ts';
import {
  type ConversationTranslations,
  DESK_LANGUAGE,
  type MessageTranslation,
  MOST_TRANSLATED,
} from '../../../server/contract/translation.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';

interface Standing {
  may: ConversationTranslations['may'];
  /** What the citizen writes; null: the language of the desk. */
  language: string | null;
  /** Messages are translated as they come, and what is written as it goes. */
  on: boolean;
  busy: boolean;
  failure: string | null;
}

/** What of the open contacts is translated. */
export const useTranslations = defineStore('translations', () => {
  const standings = reactive(new Map<string, Standing>());
  const byMessage = reactive(new Map<string, MessageTranslation>());
  /** Asked for before: what brought nothing then brings nothing now. */
  const asked = new Set<string>();

  function take(ticketId: string, { may, language, translations }: ConversationTranslations) {
    const before = standings.get(ticketId);
    for (const each of translations) byMessage.set(each.messageId, each);
    // A contact that somebody has had translated goes on so, whoever has it now.
    const on = before?.on ?? translations.length > 0;
    standings.set(ticketId, { may, language, on: on && may === 'yes', busy: before?.busy ?? false, failure: null });
  }

  async function load(ticketId: string) {
    const params = { id: ticketId };
    take(ticketId, await call('conversationTranslations', { params }));
  }

  /** The newest that are not translated yet. */
  async function translate(ticketId: string, messageIds: readonly string[]) {
    const standing = standings.get(ticketId);
    const untold = messageIds.filter((id) => !byMessage.has(id) && !asked.has(id)).slice(-MOST_TRANSLATED);
    if (!standing || standing.busy || untold.length === 0) return;
    standing.busy = true;
    standing.failure = null;
    for (const id of untold) asked.add(id);
    try {
      const body = { messageIds: untold };
      take(ticketId, await call('translateMessages', { params: { id: ticketId }, body }));
    } catch (error) {
      for (const id of untold) asked.delete(id);
      standing.failure = (error as ApiFailure).message;
    } finally {
      const now = standings.get(ticketId);
      if (now) now.busy = false;
    }
  }

  function turn(ticketId: string, on: boolean) {
    const standing = standings.get(ticketId);
    if (standing) Object.assign(standing, { on: on && standing.may === 'yes', failure: null });
  }

  /** The language that the citizen reads, where what is written is translated; null where it goes as it is. */
  function turnedOn(ticketId: string): string | null {
    const standing = standings.get(ticketId);
    return standing?.on && standing.language !== DESK_LANGUAGE ? standing.language : null;
  }

  /** What stands below a message, where it says more than the message itself does. */
  function shownFor({ id, ticketId, parts }: Message): MessageTranslation | null {
    const translation = byMessage.get(id);
    if (!translation || translation.language === DESK_LANGUAGE) return null;
    if (ticketId && standings.get(ticketId)?.on === false && translation.origin === 'machine') return null;
    const isSame = parts.some((part) => part.type === 'text' && part.text.trim() === translation.text.trim());
    return isSame ? null : translation;
  }

  return { standings, shownFor, load, translate, turn, turnedOn };
});
