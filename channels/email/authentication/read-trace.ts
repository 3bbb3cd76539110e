import { BlockList, isIP } from 'node:net';
import { getClientAddress, parseReceived } from 'mailauth/lib/parse-received.js';
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

const localProtocol = /^(?:UTF8)?(?:LMTPS?A?|POP3S?|IMAPS?)$/i;

/**
 * Walks the Received headers from the newest down to the first hop from outside (RFC 5321, 4.4). Deliveries inside the
 * machine are ours; a private address tells nothing, since a container's network may show every client as such.
 */
export function readTrace(headers: Header[]): Trace {
  for (const [at, { key, value }] of headers.entries()) {
    if (key !== 'received') continue;
    const hop = parseReceived(`Received: ${withOneSemicolon(value)}`);
    const from = hop ? hop.from : undefined;
    const ip = getClientAddress(from);
    if (!hop || !from || localProtocol.test(hop.with?.value ?? '') || (ip && isIn(loopback, ip))) continue;
    const own = headers.slice(0, at);
    const path = hop['envelope-from']?.value ?? headerValue(own, 'return-path');
    if (!ip || path === null || isIn(inside, ip)) return { own, client: 'unknown' };
    return { own, client: { ip, helo: from.value, sender: path.replace(/[<>\s]/g, '') } };
  }
  // It began on our own machines. What is below their last line may be anybody's text that they passed on.
  const last = headers.findLastIndex(({ key }) => key === 'received');
  return { own: last < 0 ? headers : headers.slice(0, last), client: null };
}

/** The last one begins the date; with others before it, a client could hide how the line goes on. */
function withOneSemicolon(received: string): string {
  const date = received.lastIndexOf(';');
  return date < 0 ? received : received.slice(0, date).replaceAll(';', ' ') + received.slice(date);
}

function isIn(list: BlockList, ip: string): boolean {
  return list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
}
