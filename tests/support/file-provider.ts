import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createMemoryChannel, type MemoryChannel } from '../../channels/memory/memory-channel.ts';
import { fetchMedia } from '../../channels/twilio/fetch-media.ts';
import type { TwilioAccount } from '../../channels/twilio/twilio-account.ts';
import type { ContactCentre } from './contact-centre.ts';

/** What the provider does when a file is asked for. */
export type Serving =
  | Uint8Array
  /** It has it no more. */
  | 'gone'
  /** It is out of order. */
  | 'broken'
  /** It hangs up in the middle. */
  | 'cut'
  /** It never ends. */
  | 'endless';

/** Where files of messages lie, on loopback, and a channel in WhatsApp's place that fetches them there. */
export interface FileProvider {
  channel: MemoryChannel;
  /** Puts a file there, for `source`. */
  put(path: string, serving: Serving): { url: string };
  /** How often a file was asked for. */
  asked(path: string): number;
  /** Bytes that went out for it. */
  sent(path: string): number;
  /** Keeps whoever asks waiting, until it is told to go on. */
  hold(): () => void;
  stop(): Promise<void>;
}

const CHUNK = Buffer.alloc(64 * 1024, 1);

export async function startFileProvider(centre: ContactCentre): Promise<FileProvider> {
  const files = new Map<string, { serving: Serving; asked: number; sent: number }>();
  let free = Promise.resolve();
  const server = createServer(async ({ url = '' }, response) => {
    const file = files.get(url);
    if (!file) return void response.writeHead(404).end();
    file.asked += 1;
    await free;
    await serve(file, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const account = { settings: { provider: 'twilio', accountSid: 'AC', authToken: 'x', apiUrl: origin } };
  const channel = Object.assign(createMemoryChannel('whatsapp', { settleSeconds: 1 }), {
    fetchMedia: (_account: string, source: unknown) => fetchMedia(account as TwilioAccount, source),
  });
  centre.server.context.channels.set('whatsapp', channel as never);
  await channel.start?.((raw) => centre.server.context.ingest.receive('whatsapp', channel, raw));

  return {
    channel,
    put(path, serving) {
      files.set(path, { serving, asked: 0, sent: 0 });
      return { url: `${origin}${path}` };
    },
    asked: (path) => files.get(path)?.asked ?? 0,
    sent: (path) => files.get(path)?.sent ?? 0,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      free = promise;
      return resolve;
    },
    async stop() {
      await channel.stop?.();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function serve(file: { serving: Serving; sent: number }, response: ServerResponse): Promise<void> {
  const { serving } = file;
  if (serving === 'gone') return void response.writeHead(404).end();
  if (serving === 'broken') return void response.writeHead(503).end();
  if (serving === 'cut') {
    response.writeHead(200, { 'content-length': 1_000 }).write('x'.repeat(100));
    return void setImmediate(() => response.destroy());
  }
  if (serving !== 'endless') return void response.writeHead(200).end(serving);
  const endless = async function* () {
    for (;;) {
      file.sent += CHUNK.length;
      yield CHUNK;
    }
  };
  response.writeHead(200);
  // Ends when whoever reads has had enough.
  await pipeline(endless, response).catch(() => {});
}
