import { defineStore } from 'pinia';
import { reactive } from 'vue';
import type { Suggestions } from '../../../server/contract/suggestion.ts';
import { call } from '../api/client.ts';

/** What helps to answer, by ticket. A failure is nobody's business: the next message asks again. */
export const useSuggestions = defineStore('suggestions', () => {
  const found = reactive(new Map<string, Suggestions>());
  /** By which message each was last asked about. */
  const asked = new Map<string, number>();
  /** The message whose reply was put aside, was taken or has been answered. */
  const putAside = reactive(new Map<string, number>());

  /** @param seq of the citizen's last message */
  async function ask(ticketId: string, seq: number) {
    if (asked.get(ticketId) === seq) return;
    asked.set(ticketId, seq);
    try {
      const suggestions = await call('suggestions', { params: { id: ticketId } });
      if (asked.get(ticketId) !== seq) return;
      found.set(ticketId, suggestions);
      // There was no time to think about it: whoever looks next asks again.
      if (suggestions.seq === null) asked.delete(ticketId);
    } catch {
      asked.delete(ticketId);
    }
  }

  const articlesOf = (ticketId: string) => found.get(ticketId)?.articles ?? [];

  function replyOf(ticketId: string) {
    const { seq, reply } = found.get(ticketId) ?? {};
    return reply && seq && (putAside.get(ticketId) ?? 0) < seq ? reply : null;
  }
  /** It is not shown again; the next message may bring another. */
  function setAside(ticketId: string) {
    putAside.set(ticketId, found.get(ticketId)?.seq ?? 0);
  }

  return { ask, articlesOf, replyOf, setAside };
});
