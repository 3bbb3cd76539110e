import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Arrival } from '../plan/plan-day.ts';
import type { Stage } from '../stage.ts';
import type { Voice } from './text-resident.ts';

/** The chat of the city's page, as its widget speaks: over `/chat`. */
export async function openChat(stage: Stage, { locale }: Pick<Arrival, 'locale'>): Promise<Voice> {
  const socket = io(`${stage.url}/chat`, { transports: ['websocket'], forceNew: true, reconnection: false });
  const ask = (event: string, data: unknown) => ackOf(socket, event, data);
  await ask('hello', { locale });
  const send = (part: object) => ask('send', { clientId: randomUUID(), parts: [part] });
  return {
    say: (text) => send({ type: 'text', text }),
    pick: (option) => send({ type: 'choice', ...option }),
    point: ({ latitude, longitude }) => send({ type: 'location', latitude, longitude }),
    end: () => ask('end', {}),
    rate: (ticketId, score) => ask('rate', { ticketId, score }),
    leave: () => void socket.disconnect(),
  };
}

const PATIENCE_MS = 120_000;

/** What is refused is no fault: somebody else closed it a moment ago. */
async function ackOf(socket: Socket, event: string, data: unknown): Promise<void> {
  await socket.timeout(PATIENCE_MS).emitWithAck(event, data);
}
