import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createEmailChannel } from '../../channels/email/email-channel.ts';
import { type InboundEvent, inboundEventSchema } from '../../server/contract/channel.ts';
import type { EmailHost, MailFile } from '../../server/contract/email.ts';
import { mutate } from '../support/mail-mutations.ts';
import { seededRandom } from '../support/seeded-random.ts';

const folder = path.resolve(import.meta.dirname, '../corpus/email');
const corpus = readdirSync(folder)
  .filter((file) => file.endsWith('.eml'))
  .map((file) => readFileSync(path.join(folder, file)));

/** A server that keeps nothing, and knows of nothing. */
const host = {
  keepRaw: async () => 'mail/some.eml',
  setAside: async () => {},
  optOut: async () => {},
  isStored: async () => false,
  isOurs: async () => false,
  keepFile: async ({ name, type, content }: MailFile) => ({
    type: 'media' as const,
    attachmentId: '0192f3a4-0000-7000-8000-000000000000',
    name,
    mimeType: type,
    size: content.length,
  }),
} satisfies Partial<EmailHost> as unknown as EmailHost;

const channel = createEmailChannel(host, {
  mailboxes: [{ id: 'atencion', address: 'atencion@x.org', name: 'Línea', queue: 'general', plusAddressing: true }],
  accounts: new Map(),
  installation: 'x',
  senders: null,
  log: { warn: () => {} },
});

const decoded = (raw: Buffer): Promise<InboundEvent[]> => channel.decode({ mailbox: 'atencion', raw });

/** What the server refuses it would keep unread: no mail may come to that. */
function expectFit(events: InboundEvent[]): void {
  expect(inboundEventSchema.array().safeParse(events).error?.issues ?? []).toEqual([]);
}

const long = 'x'.repeat(3_000);
const crowd = (name: string) => Array.from({ length: 900 }, (_, at) => `${name}${at}@e.org`).join(', ');

test.each<[string, Record<string, string>]>([
  ['a subject without end', { Subject: long }],
  ['a sender’s name without end', { From: `"${long}" <rosa@e.org>` }],
  ['an address without end', { From: `${long}@e.org`, 'Reply-To': `${long}@e.org` }],
  ['no address at all', { From: 'undisclosed-recipients:;' }],
  ['a name without end among the recipients', { To: `${long}@b.c, "${long}" <q@r.s>` }],
  ['recipients without end', { To: crowd('a'), Cc: crowd('b'), Bcc: crowd('c') }],
  ['ids without end', { 'Message-ID': `<${long}@x>`, 'In-Reply-To': `<${long}@x>` }],
  ['references without end', { References: Array.from({ length: 900 }, (_, at) => `<${at}@x>`).join(' ') }],
  ['a date out of time', { Date: 'Fri, 31 Dec 99999 00:00:00 +0000' }],
  ['a number out of range', { Subject: 'Re: [#999999999999] Fuga' }],
  ['a language without end', { 'Content-Language': long }],
  [
    'a file whose type and name have no end',
    { 'Content-Type': `application/${long}; name="${long}.pdf"`, 'Content-Disposition': 'attachment' },
  ],
])('%s: it is a message all the same', async (_, headers) => {
  const all = { From: 'rosa@e.org', To: 'atencion@x.org', ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const events = await decoded(Buffer.from(`${head.join('\r\n')}\r\n\r\nHola`));
  expect(events).toHaveLength(1);
  expectFit(events);
});

test('2,000 mutated mails: none becomes what the server cannot take', { timeout: 120_000 }, async () => {
  for (let seed = 1; seed <= 2_000; seed += 1) {
    const random = seededRandom(seed);
    const raw = mutate(random.pick(corpus), random.pick(corpus), random);
    const events = await decoded(raw).catch((error: Error) => {
      if (error.message === 'not_an_email') return [];
      throw error;
    });
    expectFit(events);
  }
});
