import { useLocalStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { call } from '../api/client.ts';
import { ApiFailure } from '../api/failure.ts';
import { outboxKey } from '../composables/draft-storage.ts';
import type { Unsent } from '../composables/unsent.ts';
import { i18n } from '../i18n.ts';
import { useConnection } from './connection.ts';
import { useConversations } from './conversations.ts';
import { useSession } from './session.ts';

const FRESH_MILLISECONDS = 15 * 60_000;

/**
 * Sends in the order written, one at a time a ticket, and keeps what is unconfirmed over a reload. Repeating is safe:
 * the server knows a message by its `clientId`.
 */
export const useOutbox = defineStore('outbox', () => {
  const session = useSession();
  const unsent = useLocalStorage<Unsent[]>(outboxKey(session.operator?.id ?? ''), []);
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
  /** What an earlier visit left behind goes out by itself only while it is fresh; after that the operator decides. */
  function sortLeftovers() {
    for (const item of unsent.value) {
      if (Date.now() - Date.parse(item.at) < FRESH_MILLISECONDS) continue;
      item.state = 'refused';
      item.reason = i18n.global.t('unsent.left');
    }
  }
  useConnection().onReconnect(drainAll);
  sortLeftovers();
  drainAll();

  return { unsent, ofTicket, send, retry, takeBack: remove };
});
