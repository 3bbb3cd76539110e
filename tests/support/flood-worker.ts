import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { io } from 'socket.io-client';
import type { FloodOutcome, FloodPlan } from './flood.ts';

const { url, fromAddress, sockets, seconds } = workerData as FloodPlan & { url: string };
/** Unanswered at once on one connection. */
const UNDER_WAY = 200;

const agent = new Agent({ localAddress: fromAddress });
const outcome: FloodOutcome = { sent: 0 };
const until = performance.now() + seconds * 1_000;

function flood(): Promise<void> {
  const socket = io(`${url}/chat`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    agent: agent as never,
  });
  return new Promise((resolve) => {
    let underWay = 0;
    const end = () => {
      socket.disconnect();
      resolve();
    };
    const fill = () => {
      if (performance.now() > until || !socket.connected) return end();
      for (; underWay < UNDER_WAY; underWay += 1) {
        outcome.sent += 1;
        const message = { clientId: randomUUID(), parts: [{ type: 'text', text: 'x'.repeat(500) }] };
        socket.emit('send', message, () => {
          underWay -= 1;
          if (underWay < UNDER_WAY / 2) fill();
        });
      }
    };
    socket.once('disconnect', () => resolve());
    socket.once('connect_error', () => resolve());
    socket.once('connect', () => {
      parentPort?.postMessage('begun');
      socket.emit('hello', {}, fill);
    });
  });
}

/** Whoever is cut off comes back at once. */
async function floodOnAndOn(): Promise<void> {
  while (performance.now() < until) await flood();
}

await Promise.all(Array.from({ length: sockets }, floodOnAndOn));
parentPort?.postMessage(outcome);
