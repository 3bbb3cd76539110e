import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Webhook {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Of a form. */
  fields: Record<string, string>;
}

/** A city's server that only takes webhooks. */
export interface WebhookInbox {
  url: string;
  received: Webhook[];
  /** What the next webhooks are answered, one after the other; then 200 again. `null`: the line is cut. */
  answers: (number | null)[];
  /** What is said at a path, each time or by the fields of the form; elsewhere nothing is. */
  says: Map<string, string | ((fields: Record<string, string>) => string)>;
  /** What a provider may fetch here, by path. */
  files: Map<string, { mimeType: string; bytes: Buffer }>;
  close(): Promise<void>;
}

export async function openWebhookInbox(): Promise<WebhookInbox> {
  const received: Webhook[] = [];
  const answers: (number | null)[] = [];
  const says: WebhookInbox['says'] = new Map();
  const files: WebhookInbox['files'] = new Map();
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const file = files.get(path);
    if (request.method === 'GET') {
      response.writeHead(file ? 200 : 404, file ? { 'content-type': file.mimeType } : {}).end(file?.bytes);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const fields = Object.fromEntries(new URLSearchParams(body));
    received.push({ path, headers: request.headers, body, fields });
    const answer = answers.length > 0 ? answers.shift() : 200;
    if (answer === null) request.socket.destroy();
    else respond(answer ?? 200);

    function respond(status: number): void {
      const said = says.get(path);
      const text = typeof said === 'function' ? said(fields) : said;
      response.writeHead(status, text === undefined ? {} : { 'content-type': 'text/xml' }).end(text);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    says,
    files,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
