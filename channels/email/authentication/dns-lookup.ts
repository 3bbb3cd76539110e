import { Resolver } from 'node:dns/promises';
import type { DNSResolver } from 'mailauth';
import { createDnsBreaker } from './dns-breaker.ts';

export interface DnsOptions {
  /** `address:port` each; those of the system when absent. */
  servers?: string[];
  timeoutMs?: number;
  now?: () => number;
}

/** Answers kept; the one not used for longest goes first. */
const MOST_ANSWERS = 2_000;
const ANSWER_MS = 5 * 60_000;
const FAILURE_MS = 60_000;
/** Records as long as this are asked for each time, so that strangers' records cannot fill the memory. */
const LONGEST_ANSWER = 8_192;

type Answer = Awaited<ReturnType<DNSResolver>>;
interface Kept {
  answer: Promise<Answer>;
  until: number;
}

/** Asks the DNS, each question once while its answer is fresh. Rejects with the error of node:dns, as mailauth expects. */
export function createDnsLookup({ servers, timeoutMs = 1_500, now = Date.now }: DnsOptions = {}): DNSResolver {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  if (servers) resolver.setServers(servers);
  const breaker = createDnsBreaker(() => resolver.resolve('org', 'NS'), now);
  const kept = new Map<string, Kept>();

  async function ask(name: string, type: string, entry: () => Kept | undefined): Promise<Answer> {
    try {
      // The library's type knows text records only; it asks for others too, in the shape of node:dns.
      const answer = (await resolver.resolve(name, type)) as Answer;
      breaker.heard(null);
      keepFor(entry(), JSON.stringify(answer).length > LONGEST_ANSWER ? 0 : ANSWER_MS);
      return answer;
    } catch (error) {
      const { code = null } = error as NodeJS.ErrnoException;
      breaker.heard(code);
      keepFor(entry(), code === 'ENOTFOUND' || code === 'ENODATA' ? ANSWER_MS : FAILURE_MS);
      throw error;
    }
  }

  function keepFor(entry: Kept | undefined, ms: number): void {
    if (entry) entry.until = now() + ms;
  }

  return (name, type) => {
    const key = `${type} ${name.toLowerCase()}`;
    const known = kept.get(key);
    kept.delete(key);
    if (known && known.until > now()) {
      kept.set(key, known);
      return known.answer;
    }
    if (breaker.isAway())
      return Promise.reject(Object.assign(new Error('No DNS server answers'), { code: 'ETIMEOUT' }));
    const answer = ask(name, type, () => kept.get(key));
    // Whoever asked gets the error; a kept one has nobody waiting.
    answer.catch(() => {});
    kept.set(key, { answer, until: Number.POSITIVE_INFINITY });
    const [oldest] = kept.keys();
    if (kept.size > MOST_ANSWERS && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
}
