import type { EmailAddress } from '../../../server/contract/email.ts';

/** As strict as the server is, so that nothing is sent which it would refuse. */
const ADDRESS = /^(?!\.)(?!.*\.\.)[a-z0-9_'+\-.]*[a-z0-9_+-]@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;
const NAMED = /^\s*"?([^"<>]*?)"?\s*<([^<>]*)>\s*$/;

export const isAddress = (text: string): boolean => text.length <= 254 && ADDRESS.test(text);

/** Cut at commas, semicolons and ends of line, but not inside quotation marks: `"Ruiz, Ana" <ana@example.org>`. */
function entries(text: string): string[] {
  return (text.match(/(?:"[^"]*"|[^,;\n\t"])+/g) ?? []).map((entry) => entry.trim()).filter(Boolean);
}

function read(entry: string): EmailAddress | null {
  const [, name = '', inside] = NAMED.exec(entry) ?? [];
  const address = (inside ?? entry).trim().replace(/^mailto:/i, '');
  return isAddress(address) ? { address, name: name || null } : null;
}

/** The addresses in a typed or pasted text, and what in it is none. Addresses by themselves may stand between spaces. */
export function parseRecipients(text: string): { found: EmailAddress[]; rest: string } {
  const found: EmailAddress[] = [];
  const rest: string[] = [];
  for (const entry of entries(text)) {
    const whole = read(entry);
    const words = whole || entry.includes('<') ? [entry] : entry.split(/\s+/);
    const addresses = words.map(read);
    if (addresses.every((each) => each !== null)) found.push(...addresses);
    else rest.push(entry);
  }
  return { found, rest: rest.join(', ') };
}

/** `list` with `added` behind it, each address once. */
export function withRecipients(list: readonly EmailAddress[], added: readonly EmailAddress[]): EmailAddress[] {
  const byAddress = new Map<string, EmailAddress>();
  for (const each of [...list, ...added]) {
    const key = each.address.toLowerCase();
    if (!byAddress.has(key)) byAddress.set(key, each);
  }
  return [...byAddress.values()];
}
