import { defineStore } from 'pinia';
import { reactive } from 'vue';
import type { Mark, TicketTurn } from '../../../server/contract/learning.ts';
import { call } from '../api/client.ts';

const keyOf = (conversationId: string, seq: number) => `${conversationId}:${seq}`;

/** What the bot made of conversations, found by the last message of each of its answers. */
export const useTurns = defineStore('turns', () => {
  const turns = reactive(new Map<string, TicketTurn>());

  function take(conversationId: string, turn: TicketTurn) {
    if (turn.replies) turns.set(keyOf(conversationId, turn.replies.to), turn);
  }
  /** Without it nothing can be marked, and nothing else is missing: a failure waits for the next answer. */
  async function load(ticketId: string, conversationId: string) {
    const found = await call('listTicketTurns', { params: { id: ticketId } }).catch(() => []);
    for (const turn of found) take(conversationId, turn);
  }
  const of = (conversationId: string, seq: number) => turns.get(keyOf(conversationId, seq)) ?? null;

  /** Shown at once; put back, and rejected with the refusal, when the server says no. */
  async function mark(conversationId: string, turn: TicketTurn, value: Mark | null) {
    take(conversationId, { ...turn, mark: value });
    try {
      take(conversationId, await call('markTurn', { params: { id: turn.id }, body: { mark: value } }));
    } catch (failure) {
      take(conversationId, turn);
      throw failure;
    }
  }
  return { load, of, mark };
});
