import { type AuthResult, authResultSchema } from '../../../server/contract/email.ts';
import { type Header, headerValues } from '../decode/mend-head.ts';
import type { Finding } from './finding.ts';
import { domainOf } from './vouching-domains.ts';

/** What the mailbox's own mail server found. A check that it does not mention is absent. */
export interface Stated {
  spf?: Finding;
  dkim?: Finding;
  dmarc?: Finding;
}

type Method = keyof Stated;

/** Where a method names the domain that it looked at (RFC 8601, 2.7). */
const domainProperties: Record<Method, string[]> = {
  spf: ['smtp.mailfrom', 'smtp.helo'],
  dkim: ['header.d', 'header.i'],
  dmarc: ['header.from'],
};

const LONGEST = 8_192;

/**
 * Reads the Authentication-Results of one server (RFC 8601), topmost first: what a higher one says of a method holds.
 * @param own the headers that no stranger can have written
 * @param server its authserv-id
 * @returns null when it says nothing
 */
export function readAuthenticationResults(own: Header[], server: string): Stated | null {
  const statements = headerValues(own, 'authentication-results').flatMap((value) => {
    const [id = '', ...results] = segments(value.slice(0, LONGEST));
    const [name = ''] = id.trim().replaceAll('"', '').split(/\s/);
    return name.toLowerCase() === server.toLowerCase() ? [results] : [];
  });
  const stated: Stated = {};
  for (const results of statements) {
    for (const [method, finding] of Object.entries(findings(results))) stated[method as Method] ??= finding;
  }
  return Object.keys(stated).length > 0 ? stated : null;
}

function findings(results: string[]): Stated {
  const found: Stated = {};
  for (const text of results) {
    const pairs = [...text.matchAll(/([a-z0-9./_-]{1,60})\s{0,9}=\s{0,9}("[^"]*"|[^\s"]+)/gi)].map(
      ([, name = '', value = '']) => [name.toLowerCase(), value.replaceAll('"', '')] as const,
    );
    const [first, ...properties] = pairs;
    const method = first?.[0].split('/')[0];
    if (!first || (method !== 'spf' && method !== 'dkim' && method !== 'dmarc')) continue;
    const finding = findingOf(method, resultOf(first[1]), domainIn(method, new Map(properties)));
    const known = found[method];
    // Several signatures: one that is good suffices, whatever became of the others.
    found[method] = known ? merged(known, finding) : finding;
  }
  return found;
}

function findingOf(method: Method, result: AuthResult, domain: string | null): Finding {
  const named = domain === null ? [] : [domain];
  // DMARC judges a domain whatever the outcome.
  const domains = result === 'pass' || method === 'dmarc' ? named : [];
  if (result !== 'temperror') return { result, domains, perhaps: [] };
  return { result, domains, perhaps: domain === null ? null : named };
}

function merged(first: Finding, second: Finding): Finding {
  const perhaps = first.perhaps && second.perhaps && [...first.perhaps, ...second.perhaps];
  const result = second.result === 'pass' ? 'pass' : first.result;
  return { result, domains: [...first.domains, ...second.domains], perhaps };
}

function resultOf(word: string): AuthResult {
  const plain = word.toLowerCase();
  return plain === 'hardfail' ? 'fail' : authResultSchema.catch('none').parse(plain);
}

function domainIn(method: Method, properties: ReadonlyMap<string, string>): string | null {
  const value = domainProperties[method].flatMap((name) => properties.get(name) ?? [])[0];
  return value ? domainOf(value) || null : null;
}

/** The parts between semicolons, without comments; quoted strings stay whole. */
function segments(value: string): string[] {
  const parts = [''];
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at++) {
    let character = value.charAt(at);
    if (character === '\\') character = value.charAt(++at);
    else if (character === '"' && depth === 0) quoted = !quoted;
    else if (character === '(' && !quoted) depth += 1;
    else if (character === ')' && depth > 0) {
      depth -= 1;
      character = ' ';
    } else if (character === ';' && !quoted && depth === 0) {
      parts.push('');
      continue;
    }
    if (depth === 0) parts[parts.length - 1] += character;
  }
  return parts;
}
