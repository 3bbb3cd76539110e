import { lookup as resolve } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPrivateAddress } from './private-address.ts';

const PATIENCE_MS = 10_000;
/** Of their answer, to be shown. */
const SHOWN_BYTES = 2_000;

export type Posted = { status: number; response: string } | { fault: string };

export interface PostOptions {
  /** The city's own network may be told, too. */
  mayBePrivate: boolean;
}

/**
 * Posts `body` and says what came of it; never throws. Redirects are not followed: whoever answers one could send us
 * anywhere. The address is judged where the connection is made, so that a name cannot lead elsewhere meanwhile.
 */
export function post(
  target: string,
  body: string,
  headers: Record<string, string>,
  { mayBePrivate }: PostOptions,
): Promise<Posted> {
  const url = new URL(target);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!mayBePrivate && isIP(host) && isPrivateAddress(host)) return Promise.resolve({ fault: 'private_address' });
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((settle) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(PATIENCE_MS),
        agent: false,
        ...(mayBePrivate ? {} : { lookup: publicOnly }),
      },
      (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const end = () => {
          const response = Buffer.concat(chunks).toString('utf8').slice(0, SHOWN_BYTES);
          settle({ status: answer.statusCode ?? 0, response: response.replaceAll('\u0000', '') });
        };
        answer.on('data', (chunk: Buffer) => {
          if (size < SHOWN_BYTES) chunks.push(chunk);
          size += chunk.length;
          if (size > SHOWN_BYTES) answer.destroy();
        });
        answer.on('close', end);
        answer.on('error', end);
      },
    );
    sent.on('error', (error: Error & { code?: string }) => {
      const late = error.name === 'TimeoutError' || error.name === 'AbortError';
      settle({ fault: late ? 'timeout' : (error.code ?? error.message).slice(0, 200) });
    });
    sent.end(body);
  });
}

const publicOnly: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    const open = addresses.filter(({ address }) => !isPrivateAddress(address));
    const [first] = open;
    if (!first) return done(Object.assign(new Error('private address'), { code: 'private_address' }), []);
    return options.all ? done(null, open) : done(null, first.address, first.family);
  });
};
