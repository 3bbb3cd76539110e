import type { DNSResolver } from 'mailauth';
import { authResultSchema } from '../../../server/contract/email.ts';
import { absent, type Finding, notKnown, unreadable } from './finding.ts';
import { domainOf, vouchingDomains } from './vouching-domains.ts';

/** Whether who passed the other checks is who the mail says it is from (RFC 9989). @param authors addresses of From */
export async function checkDmarc(
  authors: string[],
  { spf, dkim }: { spf: Finding; dkim: Finding },
  lookup: DNSResolver,
): Promise<Finding> {
  if (authors.length === 0) return absent;
  const { dmarc } = await import('mailauth/lib/dmarc/index.js');
  const answer = await dmarc({
    headerFrom: authors,
    fromFields: 1,
    spfDomains: spf.domains,
    dkimDomains: dkim.domains.map((domain) => ({ domain })),
    resolver: lookup,
  });
  if (!answer) return unreadable;
  const result = authResultSchema.catch('none').parse(answer.status.result);
  if (result !== 'fail') return { result, domains: [], perhaps: [] };
  // What could not be looked up might have passed (RFC 7489, 6.6.2); not so for a domain that proves nothing here.
  const uncertain = [spf, dkim].some(({ perhaps }) => perhaps === null);
  const perhaps = [spf, dkim].flatMap((finding) => finding.perhaps ?? []);
  const mattering = await vouchingDomains(perhaps, domainOf(authors[0] ?? ''));
  return uncertain || mattering.length > 0 ? notKnown : { result, domains: [], perhaps: [] };
}
