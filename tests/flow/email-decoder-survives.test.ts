import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeEmail } from '../../channels/email/decode/decode-email.ts';
import type { DecodedEmail } from '../../channels/email/decoded-email.ts';
import { externalIdOf, inboundMail } from '../../channels/email/inbound-mail.ts';
import { inboundEventSchema } from '../../server/contract/channel.ts';
import { AppError } from '../../server/contract/errors.ts';
import { mutate } from '../support/mail-mutations.ts';
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts';

const folder = path.resolve(import.meta.dirname, '../corpus/email');
const corpus = readdirSync(folder)
  .filter((file) => file.endsWith('.eml'))
  .map((file) => readFileSync(path.join(folder, file)));

const seed = 20_251_103;
/** Milliseconds for one small mail on a machine that has other work: a hundred times what it takes. */
const patience = 5_000;

const mailbox = { id: 'atencion', address: 'atencion@x.mx', name: 'Línea', queue: 'general', plusAddressing: false };
const intake = {
  mailbox,
  ours: new Set([mailbox.address]),
  rawKey: 'mail/x.eml',
  authentication: null,
  sender: 'unknown' as const,
};
const noFiles = { media: [], inline: {} };

/** Decoded, and taken in as the contract wants it. */
async function decoded(mail: Buffer): Promise<DecodedEmail | null> {
  const started = performance.now();
  const email = await decodeEmail(mail).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_an_email') return null;
    throw error;
  });
  expect(performance.now() - started).toBeLessThan(patience);
  if (email) inboundEventSchema.parse(inboundMail(email, externalIdOf(email, mail, 'unknown'), noFiles, intake));
  return email;
}

/** Runs so many inputs, a few at a time; tells which one failed, so that it can be decoded alone. */
async function fuzz(count: number, seed: number, check: (random: SeededRandom) => Promise<void>): Promise<void> {
  for (let first = 0; first < count; first += 10) {
    await Promise.all(
      Array.from({ length: Math.min(10, count - first) }, async (_, at) => {
        const one = seed + first + at;
        await check(seededRandom(one)).catch((cause: unknown) => {
          throw new Error(`input of seed ${one}`, { cause });
        });
      }),
    );
  }
}

const words = (text: string) => text.split(/[\s>]+/).filter(Boolean);

describe('the decoder survives what it is sent', () => {
  test('16,000 mutated mails: no crash, no hang, and what is read stays readable', { timeout: 300_000 }, async () => {
    await fuzz(16_000, seed, async (random) => {
      const email = await decoded(mutate(random.pick(corpus), random.pick(corpus), random));
      if (!email) return;
      expect(email.text !== '' || email.fullText === '').toBe(true);
      if (email.embedded.length > 0 || email.attachments.some(({ type }) => type === 'text/calendar')) return;
      const whole = new Set(words(email.fullText));
      expect(words(email.text).filter((word) => !whole.has(word))).toEqual([]);
    });
  });

  test('4,000 texts with anything below the first words: those words are never lost', {
    timeout: 300_000,
  }, async () => {
    const said = 'Se cayó un poste en la calle Arista, frente al número 14.';
    const head = 'From: ana@example.com\nSubject: Poste\nContent-Type: text/plain; charset=utf-8\n\n';
    const start = Buffer.from(`${head}${said}\n\n`);
    await fuzz(4_000, seed + 1_000_000, async (random) => {
      const below = mutate(bodyOf(random.pick(corpus)), random.pick(corpus), random);
      const email = await decoded(Buffer.concat([start, below]));
      expect(email?.text).toContain(said);
      expect(email?.fullText).toContain(said);
    });
  });
});

function bodyOf(mail: Buffer): Buffer {
  return mail.subarray(mail.indexOf('\n\n') + 2);
}
