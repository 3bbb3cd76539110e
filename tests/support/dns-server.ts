import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode } from 'dns-packet';

export type Zone = Record<string, Partial<Record<'TXT' | 'A', string[]>>>;

export interface DnsServer {
  /** `address:port`. */
  address: string;
  /** Records by name; may be changed at any time. What is not there does not exist. */
  zone: Zone;
  /** Every question so far, as `TYPE name`. */
  asked: string[];
  /** While true it hears and says nothing. */
  silent: boolean;
  stop(): Promise<void>;
}

const NXDOMAIN = 3;

/** A DNS server on UDP that knows the records it is given. */
export async function startDnsServer(): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const server: DnsServer = {
    address: '',
    zone: {},
    asked: [],
    silent: false,
    async stop() {
      socket.close();
      await once(socket, 'close');
    },
  };
  socket.on('message', (packet, { address, port }) => {
    const { id, questions = [] } = decode(packet);
    const [question] = questions;
    if (!question) return;
    const name = question.name.toLowerCase();
    server.asked.push(`${question.type} ${name}`);
    if (server.silent) return;
    const records = server.zone[name];
    const answers = Object.entries(records ?? {})
      .filter(([type]) => type === question.type)
      .flatMap(([type, values]) => values.map((value) => asAnswer(name, type as 'TXT' | 'A', value)));
    const flags = AUTHORITATIVE_ANSWER | (records ? 0 : NXDOMAIN);
    socket.send(encode({ type: 'response', id, flags, questions, answers }), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  server.address = `127.0.0.1:${(socket.address() as AddressInfo).port}`;
  return server;
}

function asAnswer(name: string, type: 'TXT' | 'A', value: string): Answer {
  const shared = { name, ttl: 60, class: 'IN' as const };
  // A character-string holds 255 bytes (RFC 1035, 3.3.14).
  return type === 'A' ? { ...shared, type, data: value } : { ...shared, type, data: value.match(/.{1,255}/gs) ?? [''] };
}
