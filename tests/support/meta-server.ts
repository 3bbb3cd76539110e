import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { GraphError } from '../../channels/simulator/meta/graph-error.ts';
import { pageRequestSchema, pageTextLength } from '../../channels/simulator/meta/page-request.ts';
import { parsed, readWhatsAppRequest } from '../../channels/simulator/meta/read-whatsapp-request.ts';
import { META_IDS } from './meta-webhook.ts';

export const META_TOKEN = 'EAAG-token-of-the-city';
export const META_SECRET = 'app-secret-of-the-city';
export const META_VERIFY = 'verify-token-of-the-city';

export interface SentByMeta {
  id: string;
  /** What was asked, as it came. */
  body: Record<string, unknown>;
}

/** Answers so to what comes next, once each: an error of Meta on that status, one of a proxy, or nothing at all. */
export type MetaTrouble =
  | { status: number; code?: number; subcode?: number; message?: string; retryAfter?: number }
  | 'broken line';

export interface MetaServer {
  url: string;
  graphUrl: string;
  /** Settings of a server whose accounts at Meta are here. */
  settings: Record<`${'WHATSAPP' | 'MESSENGER' | 'INSTAGRAM' | 'META'}_${string}`, string>;
  /** What it took, in the order in which it came. */
  sent: SentByMeta[];
  trouble: MetaTrouble[];
  /** Further paths it answers, below the version; `uploads` is what came to `/media`. */
  answers: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
  uploads: Buffer[];
  stop(): Promise<void>;
}

/** Meta's Graph API on loopback, as strict as the simulator; what becomes of messages it does not tell. */
export async function startMetaServer(): Promise<MetaServer> {
  const server = createServer((request, response) => void take(request, response));

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: unknown, headers = {}) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const refuse = (error: GraphError) => answer(error.status, error.toAnswer('trace'));
    const path = (request.url ?? '').replace(/\?.*$/, '').replace(/^\/v23\.0/, '');
    const further = meta.answers.get(path);
    if (further) return further(request, response);
    if (request.headers.authorization !== `Bearer ${META_TOKEN}`) return refuse(new GraphError('badToken'));
    const body = await buffer(request);
    const sending = /^\/(\w+)\/(messages|media)$/.exec(path);
    if (request.method !== 'POST' || !sending) return refuse(new GraphError('noObject', path));
    const trouble = meta.trouble.shift();
    if (trouble === 'broken line') return void request.socket.destroy();
    if (trouble) {
      const { status, code, subcode, message = 'as asked', retryAfter } = trouble;
      const error = { code, message, ...(subcode ? { error_subcode: subcode } : {}) };
      return answer(status, code ? { error } : '', retryAfter ? { 'retry-after': String(retryAfter) } : {});
    }
    if (sending[2] === 'media') {
      meta.uploads.push(body);
      return answer(200, { id: String(1_000 + meta.uploads.length) });
    }
    try {
      answer(200, accept(sending[1] === META_IDS.whatsapp, JSON.parse(body.toString())));
    } catch (error) {
      if (error instanceof GraphError) return refuse(error);
      throw error;
    }
  }

  function accept(isWhatsApp: boolean, body: Record<string, unknown>): object {
    const id = `${isWhatsApp ? 'wamid.' : 'm_'}${randomBytes(12).toString('hex')}`;
    if (isWhatsApp) readWhatsAppRequest(body);
    else parsed(pageRequestSchema(pageTextLength[body.messaging_type ? 'messenger' : 'instagram']), body, '');
    meta.sent.push({ id, body });
    return isWhatsApp ? { messaging_product: 'whatsapp', messages: [{ id }] } : { message_id: id };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const meta: MetaServer = {
    url,
    graphUrl: `${url}/v23.0`,
    settings: {
      WHATSAPP_PHONE_NUMBER_ID: META_IDS.whatsapp,
      WHATSAPP_BUSINESS_ACCOUNT_ID: '102290129340398',
      WHATSAPP_ACCESS_TOKEN: META_TOKEN,
      WHATSAPP_APP_SECRET: META_SECRET,
      WHATSAPP_VERIFY_TOKEN: META_VERIFY,
      MESSENGER_PAGE_ID: META_IDS.messenger,
      MESSENGER_PAGE_ACCESS_TOKEN: META_TOKEN,
      MESSENGER_APP_SECRET: META_SECRET,
      MESSENGER_VERIFY_TOKEN: META_VERIFY,
      INSTAGRAM_ACCOUNT_ID: META_IDS.instagram,
      INSTAGRAM_ACCESS_TOKEN: META_TOKEN,
      INSTAGRAM_APP_SECRET: META_SECRET,
      INSTAGRAM_VERIFY_TOKEN: META_VERIFY,
      META_GRAPH_URL: `${url}/v23.0`,
    },
    sent: [],
    trouble: [],
    answers: new Map(),
    uploads: [],
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return meta;
}
