import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import type { Attachment } from '../../../server/contract/http.ts';
import { call } from '../api/client.ts';
import { ApiFailure } from '../api/failure.ts';
import { useConnection } from './connection.ts';
import { useConversations } from './conversations.ts';
import { useSession } from './session.ts';

/** Something the operator sent that the server has not confirmed yet. */
export interface Unsent {
  clientId: string;
  ticketId: string;
  kind: 'reply' | 'note';
  text: string;
  attachments: Attachment[];
  at: string;
  /** waiting: goes out by itself once the server can be reached · refused: the operator decides */
  state: 'sending' | 'waiting' | 'refused';
  reason: string | null;
}

/**
 * Sends in the order written, one at a time a ticket, and keeps what is unconfirmed over a reload. Repeating is safe:
 * the server knows a message by its `clientId`.
 */
export const useOutbox = defineStore('outbox', () => {
  const session = useSession();
  const unsent = useLocalStorage<Unsent[]>(`console:outbox:${session.operator?.id}`, []);
  const busy = new Set<string>();

  const ofTicket = (ticketId: string) => unsent.value.filter((each) => each.ticketId === ticketId);

  function remove(clientId: string) {
    unsent.value = unsent.value.filter((each) => each.clientId !== clientId);
  }

  async function deliver(item: Unsent) {
    const { clientId, text } = item;
    const params = { id: item.ticketId };
    if (item.kind === 'note') {
      useConversations().addEvent(await call('addNote', { params, body: { clientId, text } }));
    } else {
      const attachmentIds = item.attachments.map((attachment) => attachment.id);
      const body = { clientId, attachmentIds, ...(text ? { text } : {}) };
      useConversations().addMessage(await call('sendMessage', { params, body }));
    }
    remove(clientId);
  }

  async function drain(ticketId: string) {
    if (busy.has(ticketId)) return;
    busy.add(ticketId);
    try {
      for (;;) {
        const item = ofTicket(ticketId).find((each) => each.state !== 'refused');
        if (!item) return;
        item.state = 'sending';
        const failure = await deliver(item).then(
          () => null,
          (error) => error as ApiFailure,
        );
        if (!failure) continue;
        item.reason = failure.message;
        item.state = failure instanceof ApiFailure && failure.passing ? 'waiting' : 'refused';
        if (item.state === 'waiting') {
          setTimeout(() => void drain(ticketId), 5_000);
          return;
        }
      }
    } finally {
      busy.delete(ticketId);
    }
  }

  function send(item: Pick<Unsent, 'ticketId' | 'kind' | 'text' | 'attachments'>) {
    const at = new Date().toISOString();
    unsent.value.push({ ...item, clientId: crypto.randomUUID(), at, state: 'sending', reason: null });
    return drain(item.ticketId);
  }

  function retry(clientId: string) {
    const item = unsent.value.find((each) => each.clientId === clientId);
    if (!item) return;
    item.state = 'waiting';
    void drain(item.ticketId);
  }

  function drainAll() {
    for (const ticketId of new Set(unsent.value.map((each) => each.ticketId))) void drain(ticketId);
  }
  useConnection().onReconnect(drainAll);
  drainAll();

  return { unsent, ofTicket, send, retry, takeBack: remove };
});
