import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ProviderParts } from '../provider.ts';
import { GraphError } from './graph-error.ts';
import { accountsOf } from './meta-account.ts';

/** Links to files are good for five minutes. */
const LINK_SECONDS = 300;

/** Where a file of a page's or a profile's message can be fetched by whoever has the link. */
export function fileUrlOf({ world, ownUrl }: ProviderParts, fileId: string, seconds = 24 * 3_600): string {
  return signed({ world, ownUrl } as ProviderParts, '/scontent', fileId, seconds);
}

function signed({ world, ownUrl }: ProviderParts, path: string, fileId: string, seconds: number): string {
  const until = Math.floor(world.now().getTime() / 1_000) + seconds;
  const query = new URLSearchParams({ mid: fileId, ext: String(until), hash: hashOf(world, fileId, until) });
  return `${ownUrl()}${path}?${query}`;
}

const hashOf = (world: ProviderParts['world'], fileId: string, until: number) =>
  world.identifiers.hex(`link ${fileId} ${until}`, 40);

/** What a media id answers with. @throws GraphError */
export function mediaObject(parts: ProviderParts, fileId: string) {
  const file = parts.world.files.find(fileId);
  if (!file) throw new GraphError('noObject', fileId);
  return {
    url: signed(parts, '/whatsapp_business/attachments/', fileId, LINK_SECONDS),
    mime_type: file.mimeType,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    file_size: file.bytes.length,
    id: file.id,
    messaging_product: 'whatsapp',
  };
}

/** The hosts that files are fetched from: WhatsApp's ask for the token as well. */
export function mediaRoutes(app: FastifyInstance, { world }: ProviderParts): void {
  for (const [path, isOpen] of [
    ['/whatsapp_business/attachments/', false],
    ['/scontent', true],
  ] as const) {
    app.get(path, (request, reply) => {
      const { mid = '', ext = '0', hash } = request.query as Record<string, string | undefined>;
      if (!isOpen) accountsOf(world, request.headers.authorization, {});
      const file = world.files.find(mid);
      const isGood = hash === hashOf(world, mid, Number(ext)) && Number(ext) * 1_000 > world.now().getTime();
      if (!file || !isGood) return reply.code(404).type('text/plain').send('URL signature expired');
      return reply.header('content-type', file.mimeType).send(file.bytes);
    });
  }
}
