import { createHmac, randomUUID } from 'node:crypto';

/** Ids and secrets as the providers form them. */
export interface Identifiers {
  /** The same for the same label as long as the secret is: tokens. */
  hex(label: string, length: number): string;
  /** The same for the same label for ever: accounts and people, whom conversations outlive a restart with. */
  digits(label: string, length: number): string;
  /** Never the same twice, not even after a restart: messages, files. */
  fresh(): string;
}

export function createIdentifiers(secret: string): Identifiers {
  const hash = (key: string, label: string) => createHmac('sha512', key).update(label).digest('hex');
  return {
    hex: (label, length) => hash(secret, label).slice(0, length),
    // The first digit is no zero: Meta's ids are numbers.
    digits: (label, length) => `1${BigInt(`0x${hash('simulator', label)}`)}`.slice(0, length),
    fresh: () => randomUUID().replaceAll('-', ''),
  };
}
