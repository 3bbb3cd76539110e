import { randomUUID } from 'node:crypto';
import type { Message } from '../../server/contract/message.ts';
import type { Ack } from '../../server/contract/socket.ts';
import { openChatSocket } from '../support/resident-client.ts';

/** Handshakes under way at once. */
const AT_ONCE = 50;

/** Somebody on the web chat. */
export interface Resident {
  socket: ReturnType<typeof openChatSocket>;
  /** Resolves with the acknowledgement. */
  say(text: string, clientId?: string): Promise<Message>;
  /** Resolves when the bot's reply to this is on the screen. */
  ask(text: string): Promise<void>;
}

export async function openResidents(url: string, count: number): Promise<Resident[]> {
  const residents: Resident[] = [];
  while (residents.length < count) {
    const next = Math.min(AT_ONCE, count - residents.length);
    residents.push(...(await Promise.all(Array.from({ length: next }, () => openResident(url)))));
  }
  return residents;
}

async function openResident(url: string): Promise<Resident> {
  const socket = openChatSocket(url);
  let answered = 0;
  let lookAgain = () => {};
  socket.on('message', ({ author, seq }) => {
    if (author.type !== 'bot') return;
    answered = Math.max(answered, seq);
    lookAgain();
  });
  granted(await socket.emitWithAck('hello', {}));
  const say: Resident['say'] = async (text, clientId = randomUUID()) =>
    granted(await socket.emitWithAck('send', { clientId, parts: [{ type: 'text', text }] })).message;
  return {
    socket,
    say,
    async ask(text) {
      const { seq } = await say(text);
      if (answered > seq) return;
      await new Promise<void>((resolve) => {
        lookAgain = () => answered > seq && resolve();
      });
    },
  };
}

export function disconnect(residents: readonly Resident[]): void {
  for (const { socket } of residents) socket.disconnect();
}

export function granted<T extends object>(ack: Ack<T>): T {
  if (ack.ok) return ack;
  throw new Error(`${ack.error.code}: ${ack.error.message}`);
}
