import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '../../server/contract/message.ts';
import type { ChatPage } from '../../server/contract/socket.ts';
import { openChatSocket } from '../support/resident-client.ts';
import { until } from '../support/until.ts';
import type { SaidEvidence, Shown } from './evidence.ts';
import type { Random } from './random.ts';

const ACK_MS = 2_500;

/** Somebody who keeps writing, one message after the other, whatever happens to the server. */
export interface ChaosResident {
  name: string;
  said: SaidEvidence[];
  /** All that was ever on the screen. */
  seen: Shown[];
  conversationId(): string | null;
  /** Writes until `done`, each message until it is acknowledged. */
  write(done: () => boolean): Promise<void>;
  /** Everything said, as a widget that starts from nothing is given it. */
  readAll(): Promise<Shown[]>;
  close(): void;
}

/** Some the bot answers, some it does not understand, some are for a person. */
const sayings = [
  '¿Dónde puedo pagar el predial?',
  '¿Qué necesito para un acta de nacimiento?',
  'Hola, buenas tardes',
  'Ya llevo rato esperando',
  'Quiero hablar con una persona',
];

export function createChaosResident(url: string, name: string, random: Random): ChaosResident {
  let socket = connect();
  const said: SaidEvidence[] = [];
  const seen: Shown[] = [];
  let now = 0;
  let token: string | undefined;
  let conversationId: string | null = null;
  let isWelcome = false;
  let lastShown = 0;

  function connect() {
    const opened = openChatSocket(url, { reconnection: true, reconnectionDelay: 100, reconnectionDelayMax: 500 });
    opened.on('connect', () => void greet());
    opened.on('disconnect', () => {
      isWelcome = false;
    });
    opened.on('message', (message) => show([message]));
    return opened;
  }

  async function greet(): Promise<void> {
    const greeted = socket;
    try {
      const answer = await greeted
        .timeout(ACK_MS)
        .emitWithAck('hello', { locale: 'es', after: lastShown, ...(token ? { token } : {}) });
      if (!answer.ok) throw new Error(answer.error.code);
      token = answer.token;
      show(answer.messages);
      isWelcome = greeted === socket && greeted.connected;
    } catch {
      if (greeted === socket) greeted.disconnect().connect();
    }
  }

  /** A reload of the page: another connection, the same token, and a screen that starts from nothing. */
  function reload(): void {
    socket.disconnect();
    isWelcome = false;
    lastShown = 0;
    socket = connect();
  }

  function show(messages: readonly Message[]): void {
    for (const { seq, id } of messages) {
      seen.push({ seq, id });
      lastShown = Math.max(lastShown, seq);
    }
  }

  /** One attempt. @returns the stored message, or null when nobody knows what became of it */
  async function attempt(clientId: string, text: string): Promise<Message | null> {
    if (!socket.connected || !isWelcome) return null;
    try {
      const parts = [{ type: 'text' as const, text }];
      const answer = await socket.timeout(ACK_MS).emitWithAck('send', { clientId, parts });
      return answer.ok ? answer.message : null;
    } catch {
      return null;
    }
  }

  async function say(text: string): Promise<void> {
    now += 1;
    const clientId = crypto.randomUUID();
    const entry: SaidEvidence = { clientId, firstSentAt: now, firstAckedAt: null, acks: [] };
    said.push(entry);
    const acknowledged = (message: Message | null): boolean => {
      if (message) entry.acks.push({ messageId: message.id, seq: message.seq });
      conversationId = message?.conversationId ?? conversationId;
      return message !== null;
    };
    const once = async () => acknowledged(await attempt(clientId, text));
    // A double click: twice at the same instant.
    if (random.next() < 0.1) void once();
    await until(once, { timeout: 90_000, what: `an ack for ${name}` });
    now += 1;
    entry.firstAckedAt = now;
    // An impatient finger: the same again, although it was acknowledged.
    if (random.next() < 0.1) await once();
    if (random.next() < 0.02) reload();
  }

  return {
    name,
    said,
    seen,
    conversationId: () => conversationId,
    async write(done) {
      for (let number = 1; !done(); number += 1) {
        await say(`${random.pick(sayings)} (${name}, ${number})`);
        await pause(20 + random.below(150));
      }
    },
    async readAll() {
      const messages: Shown[] = [];
      for (;;) {
        const after = messages.at(-1)?.seq ?? 0;
        const page: ChatPage = await until(
          async () => {
            const answer = await socket.timeout(ACK_MS).emitWithAck('sync', { after });
            return answer.ok ? answer : null;
          },
          { timeout: 60_000, what: `the conversation of ${name}` },
        );
        if (page.messages.length === 0) return messages;
        messages.push(...page.messages.map(({ seq, id }) => ({ seq, id })));
      }
    },
    close: () => void socket.disconnect(),
  };
}
