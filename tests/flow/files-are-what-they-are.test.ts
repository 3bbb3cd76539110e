import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCatalogue } from '../../server/contract/errors.ts';
import { limits } from '../../server/contract/limits.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { ResidentClient } from '../support/resident-client.ts';
import { samples } from '../support/sample-files.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let lupe: ResidentClient;
let mary: ResidentClient;

beforeAll(async () => {
  centre = await startContactCentre();
  lupe = await centre.resident({ locale: 'es' });
  mary = await centre.resident({ locale: 'en' });
});

afterAll(() => centre?.stop());

const { png, exe, html } = samples;
const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;
const elf = Buffer.concat([Buffer.from('7f454c46020101000000000000000000', 'hex'), Buffer.alloc(200)]);
const cfb = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)]);

describe('is refused, in the reader’s language', () => {
  test.each([
    ['nothing', 'vacio.txt', '', 'file_empty'],
    ['a web page', 'pagina.html', html, 'file_type_refused'],
    ['a web page that calls itself a text', 'pagina.txt', html, 'file_type_refused'],
    ['a drawing with script', 'logo.svg', svg, 'file_type_refused'],
    ['a drawing with script that calls itself a picture', 'logo.png', svg, 'file_type_refused'],
    ['a drawing that calls itself a text', 'logo.txt', `\ufeff  ${svg}`, 'file_type_refused'],
    ['a program that calls itself a picture', 'foto.png', exe, 'file_type_refused'],
    ['another one', 'foto.jpg', elf, 'file_type_refused'],
    ['an installer', 'programa.msi', cfb, 'file_type_refused'],
    ['a shell script', 'haz.sh', '#!/bin/sh\nrm -rf /\n', 'file_type_refused'],
    ['bytes that call themselves a text', 'nota.txt', Buffer.from([0xff, 0xfe, 0x00, 0x01]), 'file_type_refused'],
  ] as const)('%s', async (_what, name, content, code) => {
    for (const [resident, locale] of [
      [lupe, 'es'],
      [mary, 'en'],
    ] as const) {
      const body = typeof content === 'string' ? content : new Uint8Array(content);
      const refusal = await resident.upload(name, body).catch((error) => error);
      expect(refusal).toMatchObject({ error: { code, message: errorCatalogue[code][locale] } });
    }
  });
});

describe('is kept under a name fit to save', () => {
  test.each([
    ['../../../etc/passwd.png', 'passwd.png'],
    ['..\\..\\windows\\system32\\foto.png', 'foto.png'],
    ['/etc/shadow.png', 'shadow.png'],
    ['foto.png\u0000.exe', 'foto.png.exe'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['.htaccess', 'htaccess'],
    ['..', 'archivo'],
    ['<img src=x onerror=alert(1)>.png', '<img src=x onerror=alert(1)>.png'],
    ['a"; filename="b.png', undefined],
    [`${'largo'.repeat(100)}.png`, undefined],
  ])('%s', async (given, kept) => {
    const stored = await lupe.upload(given, new Uint8Array(png));
    if (kept) expect(stored.name).toBe(kept);
    expect(stored.name.length).toBeLessThanOrEqual(120);
    expect(stored).toMatchObject({ mimeType: 'image/png', size: png.length });
    const download = await fetch(`${centre.url}/api/v1/files/${stored.id}?token=${lupe.token}`);
    expect(Buffer.from(await download.arrayBuffer())).toEqual(png);
    expect(download.headers.get('content-disposition')).toMatch(/^inline; filename\*=UTF-8''[^;"\s]+$/);
  });
});

test('is served so that no browser takes it for anything else', async () => {
  const picture = Buffer.concat([png, Buffer.from(`<script>alert(1)</script>${html}`)]);
  const stored = [
    await lupe.upload('poliglota.html', new Uint8Array(picture)),
    await lupe.upload('nota.txt', 'hola <b>mundo</b>'),
    await lupe.upload('papel.pdf', '%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n'),
  ];
  const kinds: string[] = [];
  for (const file of stored) {
    const { headers } = await fetch(`${centre.url}/api/v1/files/${file.id}?token=${lupe.token}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('cache-control')).toContain('private');
    kinds.push(`${headers.get('content-type')?.split(';')[0]} ${headers.get('content-disposition')?.split(';')[0]}`);
  }
  expect(kinds).toEqual(['image/png inline', 'text/plain attachment', 'application/pdf attachment']);
});

test('a recording is played where it lies, and a player may jump within it', async () => {
  const recording = await lupe.upload('nota.ogg', new Uint8Array(samples.ogg));
  expect(recording.mimeType).toBe('audio/ogg');
  const url = `${centre.url}/api/v1/files/${recording.id}?token=${lupe.token}`;
  const whole = await fetch(url);
  expect(whole.headers.get('content-disposition')).toMatch(/^inline;/);
  expect(whole.headers.get('content-type')).toBe('audio/ogg');
  expect(whole.headers.get('accept-ranges')).toBe('bytes');
  expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
  expect(whole.headers.get('content-security-policy')).toBe(
    "default-src 'none'; media-src 'self'; sandbox allow-same-origin",
  );
  expect(Buffer.from(await whole.arrayBuffer())).toEqual(samples.ogg);

  const part = await fetch(url, { headers: { range: 'bytes=28-35' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 28-35/${samples.ogg.length}`);
  expect(await part.text()).toBe('OpusHead');
  const behind = await fetch(url, { headers: { range: `bytes=${samples.ogg.length}-` } });
  expect(behind.status).toBe(416);
  expect(behind.headers.get('content-range')).toBe(`bytes */${samples.ogg.length}`);
});

test('a zip that would swell to a gigabyte is not unpacked', async () => {
  const swelling = deflateRawSync(Buffer.alloc(50_000_000));
  const started = performance.now();
  const before = process.memoryUsage().rss;
  await lupe.upload('hoja.zip', new Uint8Array(zipOf('[Content_Types].xml', swelling, 50_000_000))).catch(() => null);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
});

test('a photo beyond the limit is refused whole, never stored in part', async () => {
  const photo = Buffer.concat([png, Buffer.alloc(limits.fileBytes)]);
  const refusal = await lupe.upload('foto.png', new Uint8Array(photo)).catch((error) => error);
  expect(refusal).toMatchObject({ error: { code: 'file_too_large' } });
  const whole = await lupe.upload('foto.png', new Uint8Array(photo.subarray(0, limits.fileBytes)));
  expect(whole.size).toBe(limits.fileBytes);
});

test('200 MB are cut off at the limit, and held by nobody', async () => {
  let sent = 0;
  const chunk = Buffer.alloc(256 * 1024, 7);
  const total = 200 * 1024 * 1024;
  const head = `--x\r\ncontent-disposition: form-data; name="file"; filename="grande.bin"\r\n\r\n`;
  const endless = () =>
    Readable.from(
      (function* () {
        sent = 0;
        yield Buffer.from(head);
        for (; sent < total; sent += chunk.length) yield chunk;
        yield Buffer.from('\r\n--x--\r\n');
      })(),
      { highWaterMark: 1 },
    );
  const attempt = () =>
    new Promise<{ status: number | undefined; answer: string }>((resolve, reject) => {
      const request = httpRequest(`${centre.url}/api/v1/chat/files`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${mary.token}`,
          'accept-language': 'en',
          'content-type': 'multipart/form-data; boundary=x',
        },
      });
      request.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        const done = () => resolve({ status: response.statusCode, answer: text });
        response.on('end', done).on('error', done);
      });
      request.on('error', reject);
      endless().pipe(request);
    });
  // A connection that is cut while its sender still writes may take the answer along: TCP promises no more.
  const { status, answer } = await until(() => attempt(), { what: 'an answer before the connection is gone' });
  expect(status).toBe(413);
  expect(JSON.parse(answer)).toMatchObject({
    error: { code: 'file_too_large', message: 'The file is too large: the limit is 20 MB.' },
  });
  expect(sent, 'what went over the line').toBeLessThan(150 * 1024 * 1024);
});

test.each([
  ['no file', new FormData(), 400],
  ['a field instead of a file', formOf({ file: 'hola' }), 400],
  ['no form at all', JSON.stringify({ file: 'x' }), 400],
])('%s is refused', async (_what, body, status) => {
  const answer = await fetch(`${centre.url}/api/v1/chat/files`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${lupe.token}`,
      ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
    },
    body,
  });
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
});

test('a stranger uploads nothing, whatever they show', async () => {
  for (const authorization of ['', 'Bearer x', 'Basic x', `Bearer ${lupe.token}x`]) {
    const answer = await fetch(`${centre.url}/api/v1/chat/files`, {
      method: 'POST',
      headers: authorization ? { authorization } : {},
      body: formOf({ file: new Blob([png]) }),
    });
    expect(answer.status).toBe(401);
  }
});

function formOf(fields: Record<string, string | Blob>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

/** One deflated entry, as the first bytes of a ZIP file. */
function zipOf(name: string, deflated: Buffer, size: number): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(deflated.length, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), deflated]);
}
