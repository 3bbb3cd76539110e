import type { Server as HttpServer } from 'node:http';
import type { Socket as NetSocket } from 'node:net';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type Namespace, Server, type Socket } from 'socket.io';
import type { Config } from '../config.ts';
import type { Locale } from '../contract/errors.ts';
import type { Me } from '../contract/http.ts';
import type {
  ChatClientEvents,
  ChatServerEvents,
  ConsoleClientEvents,
  ConsoleServerEvents,
} from '../contract/socket.ts';

export interface ConsoleSocketData {
  operator: Me;
  /** Tickets on this screen, and whether the operator types there. */
  watching: Record<string, { typing: boolean; conversationIds: string[] }>;
}
export type ConsoleNamespace = Namespace<
  ConsoleClientEvents,
  ConsoleServerEvents,
  Record<string, never>,
  ConsoleSocketData
>;
export type ConsoleSocket = Socket<ConsoleClientEvents, ConsoleServerEvents, Record<string, never>, ConsoleSocketData>;
export type ChatNamespace = Namespace<
  ChatClientEvents,
  ChatServerEvents,
  Record<string, never>,
  { address: string | null; token: string | null; locale: Locale }
>;

export interface Sockets {
  chat: ChatNamespace;
  console: ConsoleNamespace;
  close(): Promise<void>;
}

/** For connections to end by themselves when the server does. */
const GRACE_MS = 2_000;

/** Socket.IO on the HTTP server; with Redis, rooms reach across all server processes. */
export function createSockets(http: HttpServer, config: Config, log: Logger): Sockets {
  const redis = config.REDIS_URL ? new Redis(config.REDIS_URL, { maxRetriesPerRequest: null }) : null;
  redis?.on('error', (error) => log.warn({ err: error }, 'redis'));
  const io = new Server(http, {
    ...(redis ? { adapter: createAdapter(redis, { streamName: 'linea-sockets' }) } : {}),
    // A message is at most a few thousand characters; files go by HTTP.
    maxHttpBufferSize: 64 * 1024,
    pingInterval: 20_000,
    pingTimeout: 15_000,
    // A line that joins neither namespace is nobody's.
    connectTimeout: 10_000,
    // The widget runs on the city's other sites. It carries a token, never a cookie.
    cors: { origin: true, credentials: false },
    allowRequest: (request, done) => done(null, sameOriginIfCookie(request.headers, config.PUBLIC_URL)),
    serveClient: false,
    transports: ['websocket', 'polling'],
  });
  io.use((_socket, next) => next(new Error('not_found')));
  // Whoever comes back in the very moment of the end is told nothing by Socket.IO, and would keep the server up for ever.
  const lines = new Set<NetSocket>();
  http.on('connection', (line: NetSocket) => {
    lines.add(line);
    line.once('close', () => lines.delete(line));
  });
  if (config.TRUST_PROXY) {
    io.of('/chat').use(({ handshake }, next) => {
      handshake.address = addressBehindProxy(handshake.headers['x-forwarded-for']) ?? handshake.address;
      next();
    });
  }
  return {
    chat: io.of('/chat') as unknown as ChatNamespace,
    console: io.of('/console') as unknown as ConsoleNamespace,
    async close() {
      const cut = setTimeout(() => {
        for (const line of lines) line.destroy();
      }, GRACE_MS);
      await io.close();
      clearTimeout(cut);
      redis?.disconnect();
    },
  };
}

/** What the nearest proxy saw. Everything before it is what the client says of itself. */
function addressBehindProxy(forwardedFor: string | string[] | undefined): string | undefined {
  return [forwardedFor ?? []].flat().join(',').split(',').at(-1)?.trim() || undefined;
}

/** A page of another site must not speak with an operator's cookie. A proxy may have replaced the host. */
function sameOriginIfCookie(
  headers: { origin?: string | undefined; host?: string | undefined; cookie?: string | undefined },
  publicUrl: string | undefined,
): boolean {
  if (!headers.origin || !headers.cookie) return true;
  try {
    const { host } = new URL(headers.origin);
    return host === headers.host || (publicUrl !== undefined && host === new URL(publicUrl).host);
  } catch {
    return false;
  }
}
