import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Locale, localeSchema } from '../contract/errors.ts';
import { localeOf } from './errors.ts';

const querySchema = z.object({ lang: localeSchema.optional().catch(undefined) });

/** The language a page is asked for in: by its address, or else the browser's. */
export function readerOf(request: FastifyRequest): Locale {
  return querySchema.parse(request.query).lang ?? localeOf(request.headers['accept-language']);
}

export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return (
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('vary', 'accept-language')
      // The console's components need style attributes; these pages have none.
      .header(
        'content-security-policy',
        String(reply.getHeader('content-security-policy')).replace(" 'unsafe-inline'", ''),
      )
      .send(html)
  );
}
