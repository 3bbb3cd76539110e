import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { openFileStore } from '../../server/files/file-store.ts';

/** As much of S3 as one bucket needs, at the network; the official SDK is the client. */
async function startBucket(): Promise<{ endpoint: string; objects: Map<string, Buffer>; asked: IncomingMessage[] }> {
  const objects = new Map<string, Buffer>();
  const asked: IncomingMessage[] = [];
  const server = createServer(async (request, response) => {
    asked.push(request);
    const key = new URL(request.url ?? '', 'http://bucket').pathname;
    if (request.method === 'PUT') {
      objects.set(key, await buffer(request));
      return response.setHeader('etag', '"stored"').end();
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      return response.writeHead(204).end();
    }
    const object = objects.get(key);
    if (!object) return response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    return response.end(object);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, objects, asked };
}

test('with a bucket set, files are put there, read from there and removed there, signed', async () => {
  const { endpoint, objects, asked } = await startBucket();
  const files = await openFileStore(
    readConfig({
      S3_BUCKET: 'linea',
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY_ID: 'someone',
      S3_SECRET_ACCESS_KEY: 'something',
    }),
  );
  await files.put('2026-11/photo', Buffer.from('bytes'), 'image/png');
  expect([...objects.keys()]).toEqual(['/linea/2026-11/photo']);
  expect(asked[0]?.headers['content-type']).toBe('image/png');
  expect(asked[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=someone\//);

  expect(await text(await files.read('2026-11/photo'))).toBe('bytes');
  await files.remove('2026-11/photo');
  expect(objects.size).toBe(0);
  await expect(files.read('2026-11/photo')).rejects.toThrow();
});
