import { io, type Socket } from 'socket.io-client';
import type { Message } from '../../server/contract/message.ts';
import type { Ack, ChatClientEvents, ChatPage, ChatServerEvents, ChatWelcome } from '../../server/contract/socket.ts';
import { until } from '../support/until.ts';
import type { ShownMessage } from './judge.ts';
import type { Random } from './random.ts';

const ACK_MS = 2_500;

type ChatSocket = Socket<ChatServerEvents, ChatClientEvents>;

/** Somebody who keeps writing, one message after the other, whatever happens to the server. */
export interface ChaosResident {
  name: string;
  tried: string[];
  acknowledged: { clientId: string; seq: number }[];
  conversationId(): string | null;
  /** Writes until `until` resolves true, each message until it is acknowledged. */
  write(done: () => boolean): Promise<void>;
  /** Everything said, as a widget that starts from nothing is given it. */
  readAll(): Promise<ShownMessage[]>;
  close(): void;
}

export function createChaosResident(url: string, name: string, random: Random, wantsPerson: boolean): ChaosResident {
  const socket: ChatSocket = io(`${url}/chat`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
  });
  const tried: string[] = [];
  const acknowledged: { clientId: string; seq: number }[] = [];
  let token: string | undefined;
  let conversationId: string | null = null;
  let isWelcome = false;
  let lastShown = 0;

  socket.on('connect', async () => {
    try {
      const answer: Ack<ChatWelcome> = await socket
        .timeout(ACK_MS)
        .emitWithAck('hello', { locale: 'es', after: lastShown, ...(token ? { token } : {}) });
      if (!answer.ok) return;
      token = answer.token;
      isWelcome = true;
    } catch {
      socket.disconnect().connect();
    }
  });
  socket.on('disconnect', () => {
    isWelcome = false;
  });
  socket.on('message', ({ seq }) => {
    lastShown = Math.max(lastShown, seq);
  });

  /** One attempt. @returns the stored message, or null when nobody knows what became of it */
  async function attempt(clientId: string, text: string): Promise<Message | null> {
    if (!socket.connected || !isWelcome) return null;
    try {
      const answer: Ack<{ message: Message }> = await socket
        .timeout(ACK_MS)
        .emitWithAck('send', { clientId, parts: [{ type: 'text', text }] });
      return answer.ok ? answer.message : null;
    } catch {
      return null;
    }
  }

  async function say(text: string): Promise<void> {
    const clientId = crypto.randomUUID();
    tried.push(clientId);
    const message = await until(() => attempt(clientId, text), { timeout: 60_000, what: `an ack for ${name}` });
    conversationId = message.conversationId;
    acknowledged.push({ clientId, seq: message.seq });
    // An impatient finger: the same again, although it was acknowledged.
    if (random.next() < 0.1) await attempt(clientId, text);
  }

  return {
    name,
    tried,
    acknowledged,
    conversationId: () => conversationId,
    async write(done) {
      for (let number = 1; !done(); number += 1) {
        const asks = wantsPerson && number === 2;
        await say(asks ? 'quiero hablar con una persona' : `${name}, mensaje ${number}`);
        await new Promise((resume) => setTimeout(resume, 20 + random.below(150)));
      }
    },
    async readAll() {
      const messages: Message[] = [];
      for (;;) {
        const after = messages.at(-1)?.seq ?? 0;
        const page = await until(
          async () => {
            const answer: Ack<ChatPage> = await socket.timeout(ACK_MS).emitWithAck('sync', { after });
            return answer.ok ? answer : null;
          },
          { timeout: 60_000, what: `the conversation of ${name}` },
        );
        if (page.messages.length === 0) break;
        messages.push(...page.messages);
      }
      return messages.map(({ seq, clientId, direction }) => ({ seq, clientId, direction }));
    },
    close: () => void socket.disconnect(),
  };
}
