import { createHmac, randomUUID } from 'node:crypto';

/** Ids and secrets as the providers form them. */
export interface Identifiers {
  /** The same for the same label as long as the secret is: accounts, tokens, people. */
  hex(label: string, length: number): string;
  digits(label: string, length: number): string;
  /** Never the same twice, not even after a restart: messages, files. */
  fresh(): string;
}

export function createIdentifiers(secret: string): Identifiers {
  const hex = (label: string, length: number) =>
    createHmac('sha512', secret).update(label).digest('hex').slice(0, length);
  return {
    hex,
    // The first digit is no zero: Meta's ids are numbers.
    digits: (label, length) => `1${BigInt(`0x${hex(label, 60)}`)}`.slice(0, length),
    fresh: () => randomUUID().replaceAll('-', ''),
  };
}
