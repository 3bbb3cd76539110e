import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

/** What our side may send, as the public description of chat completions has it. */
const requestSchema = z.strictObject({
  model: z.string().min(1),
  messages: z.array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })).min(1),
  temperature: z.number().min(0).max(2).optional(),
  max_tokens: z.number().int().positive().optional(),
  response_format: z.strictObject({ type: z.enum(['text', 'json_object']) }).optional(),
});
type Asked = z.infer<typeof requestSchema>;

export interface LanguageModelServer {
  /** For `LLM_BASE_URL`. */
  baseUrl: string;
  asked: Asked[];
  /** What it says to a request; the default says `{}`. */
  answer(asked: Asked): string;
  /** never: takes the request and stays silent. broken: 500. cut: hangs up. */
  mood: 'well' | 'never' | 'broken' | 'cut';
  stop(): Promise<void>;
}

/** A small OpenAI-compatible server on loopback. Requests that the real one would refuse are refused. */
export async function startLanguageModelServer(): Promise<LanguageModelServer> {
  const server = createServer((request, response) => void reply(request, response));

  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
      return void send(404, refusal('not found'));
    const parsed = requestSchema.safeParse(await json(request));
    if (!parsed.success) return void send(400, refusal(z.prettifyError(parsed.error)));
    running.asked.push(parsed.data);
    if (running.mood === 'never') return;
    if (running.mood === 'cut') return void request.socket.destroy();
    if (running.mood === 'broken') return void send(500, refusal('out of order'));
    send(200, {
      id: `chatcmpl-${running.asked.length}`,
      object: 'chat.completion',
      created: 1_767_225_600,
      model: parsed.data.model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: running.answer(parsed.data), refusal: null },
          finish_reason: 'stop',
          logprobs: null,
        },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    });
  }

  const running: LanguageModelServer = {
    baseUrl: '',
    asked: [],
    answer: () => '{}',
    mood: 'well',
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return running;
}

const refusal = (message: string) => ({ error: { message, type: 'invalid_request_error', param: null, code: null } });
