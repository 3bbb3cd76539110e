import type { FastifyReply, FastifyRequest } from 'fastify';

const HEARTBEAT_MS = 20_000;

/** Events to one page. A page that only lost the line says so when it comes back, by the id of the last. */
export interface EventStream {
  tell(event: string | null, data: unknown): void;
  onClose(work: () => void): void;
}

export function eventStream(request: FastifyRequest, reply: FastifyReply): EventStream {
  let last = 0;
  reply.hijack();
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  // An id from the first moment on: the page has been here.
  reply.raw.write('id: 0\n\n');
  const beat = setInterval(() => reply.raw.write(': still here\n\n'), HEARTBEAT_MS);
  request.raw.on('close', () => clearInterval(beat));
  return {
    tell(event, data) {
      last += 1;
      reply.raw.write(`id: ${last}\n${event ? `event: ${event}\n` : ''}data: ${JSON.stringify(data)}\n\n`);
    },
    onClose: (work) => request.raw.on('close', work),
  };
}
