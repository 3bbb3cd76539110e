import addressparser from 'nodemailer/lib/addressparser';
import type { Authentication } from '../../../server/contract/email.ts';
import { type Header, headerValue, mendHead } from '../decode/mend-head.ts';
import { readAuthenticationResults, type Stated } from './authentication-results.ts';
import { checkDkim } from './check-dkim.ts';
import { checkDmarc } from './check-dmarc.ts';
import { checkSpf } from './check-spf.ts';
import { createDnsLookup } from './dns-lookup.ts';
import { absent, type Finding, notKnown, unreadable } from './finding.ts';
import { readTrace, type Trace } from './read-trace.ts';
import { domainOf, vouchingDomains } from './vouching-domains.ts';
import { withinTime } from './within-time.ts';

export interface SenderCheckOptions {
  /** DNS servers as `address:port`; those of the system when absent. */
  dnsServers?: string[];
  dnsTimeoutMs?: number;
  /** Longest that one mail may take; what is not known by then is `temperror`. */
  limitMs?: number;
  log?: { warn(details: object, message: string): void };
}

/** @param trustedServer authserv-id of the mailbox's own mail server; null: it says nothing */
export type SenderCheck = (raw: Buffer, mailbox: { trustedServer: string | null }) => Promise<Authentication>;

/** Bytes of the head that are looked at. */
const HEAD_BYTES = 256 * 1024;
const LONGEST_DOMAIN = 255;
const MOST_DOMAINS = 20;

interface Subject {
  raw: Buffer;
  authors: string[];
  trace: Trace;
  stated: Stated;
}

/**
 * Tells whether mails come from where they say: as the mailbox's own server found, else by asking the DNS. It never
 * rejects, takes bounded time and remembers answers. `domains` are those of the From domain's owner that passed.
 */
export function createSenderCheck(options: SenderCheckOptions = {}): SenderCheck {
  const { limitMs = 3_000, log } = options;
  const lookup = createDnsLookup({ servers: options.dnsServers, timeoutMs: options.dnsTimeoutMs });

  async function check(raw: Buffer, trustedServer: string | null): Promise<Authentication> {
    let ambiguous = false;
    const head = mendHead(raw.subarray(0, HEAD_BYTES), (problem) => {
      ambiguous ||= problem === 'header_repeated';
    });
    const headers = head?.headers ?? [];
    const trace = readTrace(headers);
    const stated = trustedServer ? readAuthenticationResults(trace.own, trustedServer) : null;
    const authors = authorsOf(headers);
    const found = await findOut({ raw, authors, trace, stated: stated ?? {} });
    return {
      ...(await conclude(found, authors, ambiguous)),
      source: stated ? 'server' : 'checked',
    };
  }

  /** What the server left out is looked up; where it judged as a whole (DMARC) nothing is. */
  async function findOut({ raw, authors, trace, stated }: Subject): Promise<Required<Stated>> {
    if (stated.dmarc) return { spf: absent, dkim: absent, ...stated, dmarc: stated.dmarc };
    const found: Required<Stated> = { spf: notKnown, dkim: notKnown, dmarc: notKnown };
    await withinTime(limitMs, async (signal) => {
      const settle = async (method: keyof Stated, finding: Promise<Finding>) => {
        const settled = await finding.catch((error: unknown) => {
          if (!signal.aborted) log?.warn({ err: error, method }, 'the sender of a mail could not be checked');
          return signal.aborted ? notKnown : unreadable;
        });
        if (!signal.aborted) found[method] = settled;
      };
      await Promise.all([
        settle('spf', stated.spf ? Promise.resolve(stated.spf) : checkSpf(trace.client, lookup, limitMs)),
        settle('dkim', stated.dkim ? Promise.resolve(stated.dkim) : checkDkim(raw, lookup, signal)),
      ]);
      await settle('dmarc', checkDmarc(authors, found, lookup));
    });
    return found;
  }

  return (raw, { trustedServer }) => check(raw, trustedServer);
}

/** @param ambiguous the head can be read in two ways, and who checked may have read the other */
async function conclude(
  { spf, dkim, dmarc }: Required<Stated>,
  authors: string[],
  ambiguous: boolean,
): Promise<Omit<Authentication, 'source'>> {
  const [author = ''] = authors.map(domainOf);
  const aboutAnother = dmarc.domains.some((domain) => domain !== author);
  const results = { spf: spf.result, dkim: dkim.result, dmarc: dmarc.result };
  if (dmarc.result === 'fail') return { ...results, domains: [] };
  if (ambiguous || aboutAnother) return { ...results, dmarc: 'permerror', domains: [] };
  const passed = [spf, dkim, dmarc].flatMap(({ result, domains }) => (result === 'pass' ? domains : []));
  const vouching = (await vouchingDomains(passed, author)).filter(({ length }) => length <= LONGEST_DOMAIN);
  return { ...results, domains: vouching.slice(0, MOST_DOMAINS) };
}

function authorsOf(headers: Header[]): string[] {
  const from = Buffer.from(headerValue(headers, 'from') ?? '', 'latin1').toString('utf8');
  return addressparser(from, { flatten: true }).flatMap(({ address }) => address || []);
}
