import { describe, expect, test } from 'vitest';
import { decodeEmail } from '../../channels/email/decode/decode-email.ts';

const head = 'From: ana@example.com\nSubject: Prueba\nMIME-Version: 1.0\n';
const html = `${head}Content-Type: text/html; charset=utf-8\n\n`;
const many = (count: number, one: (at: number) => string) => Array.from({ length: count }, (_, at) => one(at)).join('');

const plain: Record<string, string> = {
  '10,000 headers, those that matter last': `${many(10_000, (at) => `X-Nada-${at}: ${at}\n`)}${head}\nHola`,
  'a header of a megabyte': `${head}X-Grande: ${'a'.repeat(1 << 20)}\nTo: ${'a@b.c,'.repeat(100_000)}\n\nHola`,
  'a header folded 100,000 times': `${head}X-Doblado: a\n${' b\n'.repeat(100_000)}\nHola`,
  'a subject of 60,000 encoded words': `From: a@b.c\nSubject: ${'=?utf-8?Q?=C3=B1?= '.repeat(60_000)}\n\nHola`,
  'References without end': `${head}References: ${'<a@b> '.repeat(200_000)}\n\nHola`,
  '20,000 parts': `${head}Content-Type: multipart/mixed; boundary=b\n\n${'--b\nContent-Type: text/plain\n\nHola\n'.repeat(20_000)}--b--`,
  'multiparts 2,000 deep': `${head}${many(2_000, (at) => `Content-Type: multipart/mixed; boundary="b${at}"\n\n--b${at}\n`)}\nHola`,
  'messages 2,000 deep': `${head}${'Content-Type: message/rfc822\n\nFrom: x@y.z\n'.repeat(2_000)}\nHola`,
  'sixteen megabytes on one line': `${head}\nHola ${'palabra '.repeat(2_000_000)}`,
  '300,000 quoted lines': `${head}\nHola\n${'> cita\n'.repeat(300_000)}`,
  '50,000 lines that begin an attribution': `${head}\nHola\n${'El lun, 3 de nov de 2025 a la(s) 10:21, X\n'.repeat(50_000)}`,
  '150,000 empty headers in the text': `${head}\nHola\n${'De:\n\n'.repeat(150_000)}`,
  '60,000 names with a dash': `${head}\nHola\n${'\n-Ana López\n'.repeat(60_000)}`,
  'HTML 150,000 deep': `${html}Hola${'<div>'.repeat(150_000)}`,
  'HTML quoted 40,000 deep': `${html}Hola${'<blockquote type=cite>x'.repeat(40_000)}`,
  'HTML of opening brackets': `${html}Hola${'<'.repeat(900_000)}`,
  'HTML with 200,000 attributes': `${html}Hola<p ${'a=b '.repeat(200_000)}>x`,
  'HTML with a style of a megabyte': `${html}Hola<p style="border:${'a '.repeat(400_000)};${'color:red;'.repeat(10_000)}">x`,
};

describe('a bomb is decoded like a mail, in bounded time', () => {
  test.for(Object.entries(plain))('%s', { timeout: 30_000 }, async ([, mail]) => {
    const email = await decodeEmail(Buffer.from(mail));
    expect(email.text || email.fullText || email.attachments[0]).toBeTruthy();
  });

  test('those that matter are found among 10,000 headers', async () => {
    const email = await decodeEmail(Buffer.from(plain['10,000 headers, those that matter last'] ?? ''));
    expect(email).toMatchObject({ subject: 'Prueba', from: { address: 'ana@example.com' }, text: 'Hola' });
    expect(email.problems).toContain('headers_left_out');
  });

  test('50 MB of base64 are a file of 36 MB', { timeout: 60_000 }, async () => {
    const line = `${'QUFB'.repeat(19)}\r\n`;
    const mail = `${head}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHola\n--b\nContent-Type: application/octet-stream; name="grande.bin"\nContent-Transfer-Encoding: base64\n\n${line.repeat(640_000)}--b--\n`;
    const email = await decodeEmail(Buffer.from(mail));
    expect(email).toMatchObject({ text: 'Hola', attachments: [{ name: 'grande.bin', size: 640_000 * 57 }] });
  });

  test('what is no mail at all is refused by name', async () => {
    for (const input of ['', 'hola', '\0\0\0\0', '{"json": true}\n', '\n\n\n']) {
      await expect(decodeEmail(Buffer.from(input))).rejects.toMatchObject({ code: 'not_an_email' });
    }
  });
});
