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

/** Without what is not there. */
const given = <Values extends object>(values: Values): Partial<Values> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Values>;

/**
 * Sends in the order written, one at a time a ticket, and keeps what is unconfirmed over a reload. Repeating is safe:
 * the server knows a message by its `clientId`.
 */
export const useOutbox = defineStore('outbox', () => {
  const session = useSession();
  const unsent = useLocalStorage<Unsent[]>(outboxKey(session.operator?.id ?? ''), []);
  const draining = new Map<string, Promise<void>>();

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
      const via = item.conversationId ? { conversationId: item.conversationId } : {};
      const words = item.template ? { template: item.template } : text ? { text } : {};
      const { email, written, suggestion } = item;
      const body = { clientId, attachmentIds, ...via, ...words, ...given({ email, written, suggestion }) };
      useConversations().addSent(await call('sendMessage', { params, body }));
    }
    remove(clientId);
  }

  const next = (ticketId: string) => ofTicket(ticketId).find((each) => each.state !== 'refused');

  async function deliverAll(ticketId: string) {
    try {
      for (let item = next(ticketId); item; item = next(ticketId)) {
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
      draining.delete(ticketId);
    }
  }

  /** Sends what a ticket has waiting; whoever asks meanwhile waits for the same. */
  function drain(ticketId: string): Promise<void> {
    if (!next(ticketId)) return Promise.resolve();
    const running = draining.get(ticketId) ?? deliverAll(ticketId);
    draining.set(ticketId, running);
    return running;
  }

  /** Resolves to whether the server has it now; if not it goes out later, or the operator decides. */
  async function send(item: Omit<Unsent, 'clientId' | 'at' | 'state' | 'reason'>): Promise<boolean> {
    const clientId = crypto.randomUUID();
    unsent.value.push({ ...item, clientId, at: new Date().toISOString(), state: 'sending', reason: null });
    await drain(item.ticketId);
    return !unsent.value.some((each) => each.clientId === clientId);
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
