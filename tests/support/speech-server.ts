import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';

/** What our side may send, as the public description of audio transcriptions has it. */
const requestSchema = z.strictObject({
  file: z.file().refine(({ name }) => /\.(flac|mp3|mp4|mpeg|mpga|m4a|ogg|wav|webm)$/.test(name), 'unknown extension'),
  model: z.string().min(1),
  language: z.string().length(2).optional(),
  response_format: z.literal('json').optional(),
});
type Heard = Omit<z.infer<typeof requestSchema>, 'file'> & { name: string; type: string; bytes: Buffer };

export interface SpeechServer {
  /** For `SPEECH_BASE_URL`. */
  baseUrl: string;
  heard: Heard[];
  /** What it hears in a recording. */
  says: string;
  /** never: takes the recording and stays silent. broken: 500. cut: hangs up. garbage: answers what it should not. */
  mood: 'well' | 'never' | 'broken' | 'cut' | 'garbage';
  stop(): Promise<void>;
}

/** A small OpenAI-compatible speech server on loopback. Requests that the real one would refuse are refused. */
export async function startSpeechServer(): Promise<SpeechServer> {
  const server = createServer((request, response) => void reply(request, response));

  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const bytes = await buffer(request);
    if (request.method !== 'POST' || request.url !== '/v1/audio/transcriptions')
      return void send(404, refusal('not found'));
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(bytes), { headers }).formData();
    const parsed = requestSchema.safeParse(Object.fromEntries(form));
    if (!parsed.success) return void send(400, refusal(z.prettifyError(parsed.error)));
    const { file, ...asked } = parsed.data;
    const content = Buffer.from(await file.arrayBuffer());
    running.heard.push({ ...asked, name: file.name, type: file.type, bytes: content });
    if (running.mood === 'never') return;
    if (running.mood === 'cut') return void request.socket.destroy();
    if (running.mood === 'broken') return void send(500, refusal('out of order'));
    if (running.mood === 'garbage') return void send(200, { text: { toString: 'no' } });
    send(200, { text: running.says });
  }

  const running: SpeechServer = {
    baseUrl: '',
    heard: [],
    says: '',
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
