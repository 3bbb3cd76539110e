import type { DNSResolver } from 'mailauth';
import { authResultSchema } from '../../../server/contract/email.ts';
import { absent, type Finding, notKnown } from './finding.ts';
import type { Trace } from './read-trace.ts';

/** Whether the mail came from a machine that may send for the domain of its envelope (RFC 7208). */
export async function checkSpf(client: Trace['client'], lookup: DNSResolver, limitMs: number): Promise<Finding> {
  if (!client) return absent;
  if (client === 'unknown') return notKnown;
  const { spf } = await import('mailauth/lib/spf/index.js');
  const { ip, sender } = client;
  const helo = client.helo || `[${ip}]`;
  const { status, domain } = await spf({
    ip,
    helo,
    sender,
    mta: 'localhost',
    resolver: lookup,
    maxElapsedTime: limitMs,
  });
  const result = authResultSchema.catch('none').parse(status.result);
  const checked = [domain.toLowerCase()];
  return { result, domains: result === 'pass' ? checked : [], perhaps: result === 'temperror' ? checked : [] };
}
