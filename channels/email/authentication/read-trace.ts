import { BlockList, isIP } from 'node:net';
import { type Header, headerValue } from '../decode/mend-head.ts';

/** Who handed the mail to the city's mail server. */
export interface Client {
  ip: string;
  helo: string;
  /** MAIL FROM; empty for `<>`. */
  sender: string;
}

export interface Trace {
  /** What our own servers wrote: the headers above the hop from outside. Whatever is below, anybody can write. */
  own: Header[];
  /** `unknown`: our server does not say who it was. Null: no server saw the mail. */
  client: Client | 'unknown' | null;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const inside = new BlockList();
inside.addSubnet('10.0.0.0', 8, 'ipv4');
inside.addSubnet('100.64.0.0', 10, 'ipv4');
inside.addSubnet('169.254.0.0', 16, 'ipv4');
inside.addSubnet('172.16.0.0', 12, 'ipv4');
inside.addSubnet('192.168.0.0', 16, 'ipv4');
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');

const LONGEST = 4_096;
const localProtocol = /^(?:UTF8)?(?:LMTPS?A?|POP3S?|IMAPS?)$/i;

/**
 * Walks the Received headers from the newest down to the first hop from outside (RFC 5321, 4.4). Deliveries inside the
 * machine are ours; a private address tells nothing, since a container's network may show every client as such.
 */
export function readTrace(headers: Header[]): Trace {
  for (const [at, { key, value }] of headers.entries()) {
    if (key !== 'received') continue;
    const hop = readHop(value);
    if (hop.helo === null || localProtocol.test(hop.protocol) || (hop.ip && isIn(loopback, hop.ip))) continue;
    const own = headers.slice(0, at);
    const sender = hop.sender ?? headerValue(own, 'return-path')?.replace(/[<>\s]/g, '') ?? null;
    if (hop.ip === null || sender === null || isIn(inside, hop.ip)) return { own, client: 'unknown' };
    return { own, client: { ip: hop.ip, helo: hop.helo, sender } };
  }
  // It began on our own machines. What is below their last line may be anybody's text that they passed on.
  const last = headers.findLastIndex(({ key }) => key === 'received');
  return { own: last < 0 ? headers : headers.slice(0, last), client: null };
}

/** The clauses of a Received header. What the client said of itself holds no space, so it ends no clause. */
function readHop(received: string) {
  const [from = '', ...rest] = received.slice(0, LONGEST).split(/\sby\s/i);
  const by = rest.join(' by ');
  return {
    /** Null: nobody handed it over, it began here. */
    helo: /^from\s+(\S+)/i.exec(from)?.[1] ?? null,
    ip: clientAddress(from),
    protocol: /\swith\s+(\S+)/i.exec(by)?.[1] ?? '',
    sender: /\benvelope-from\s*<?([^>\s)]*)/i.exec(by)?.[1] ?? null,
  };
}

/** The address that the server saw stands last, whatever addresses the client put into its name before. */
function clientAddress(from: string): string | null {
  if (!from.includes('(')) return null;
  const literals = [...from.matchAll(/((?:helo|ehlo)=\S{0,300})?\[(?:IPv6:)?([0-9a-f.:]{2,45})\]/gi)];
  return literals.findLast(([, claimed, ip = '']) => claimed === undefined && isIP(ip))?.[2] ?? null;
}

function isIn(list: BlockList, ip: string): boolean {
  return list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
}
