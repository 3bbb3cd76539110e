import { domainToASCII } from 'node:url';

/** @returns those of the domains that belong to the same owner as the author's (RFC 7489, 3.1: relaxed alignment) */
export async function vouchingDomains(domains: string[], author: string): Promise<string[]> {
  if (domains.length === 0) return [];
  const { getDomain } = await import('tldts');
  const owner = (name: string) => getDomain(name) ?? name;
  return [...new Set(domains)].filter((domain) => owner(domain) === owner(author));
}

/** The domain of an address, as it stands in the DNS. */
export function domainOf(address: string): string {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return domainToASCII(domain) || domain;
}
