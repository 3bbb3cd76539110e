import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

/** As much of an outgoing activity as the Bot Connector API insists on. */
const activitySchema = z.looseObject({
  type: z.literal('message'),
  text: z.string().optional(),
  from: z.looseObject({ id: z.string() }),
  conversation: z.looseObject({ id: z.string() }),
  suggestedActions: z
    .looseObject({ actions: z.array(z.looseObject({ type: z.string(), title: z.string() })) })
    .optional(),
});
export type SentActivity = z.infer<typeof activitySchema>;

export interface BotService {
  serviceUrl: string;
  /** What the bot said, in the order in which it came, with the id that the service gave it. */
  heard: (SentActivity & { given: string })[];
  /** Answers so to what comes next, once each. */
  trouble: number[];
  stop(): Promise<void>;
}

/** The Bot Connector API (v3) on loopback: takes what a bot says into a conversation. */
export async function startBotService(): Promise<BotService> {
  const server = createServer((request, response) => void take(request, response));

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.method !== 'POST' || !/^\/v3\/conversations\/[^/]+\/activities(\/[^/]+)?$/.test(request.url ?? '')) {
      return void answer(404, { error: { code: 'NotFound', message: String(request.url) } });
    }
    const activity = activitySchema.safeParse(await json(request));
    const trouble = service.trouble.shift();
    if (trouble) return void answer(trouble, { error: { code: 'Trouble', message: 'as asked' } });
    if (!activity.success) return void answer(400, { error: { code: 'BadArgument', message: activity.error.message } });
    const id = randomUUID();
    service.heard.push({ ...activity.data, given: id });
    answer(200, { id });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const service: BotService = {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: [],
    trouble: [],
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return service;
}
