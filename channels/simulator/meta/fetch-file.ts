import type { StoredFile } from '../world/files.ts';
import type { World } from '../world/world.ts';

const PATIENCE_MS = 10_000;

/** A file by the id of its upload, or fetched from its link. Null: there is none. */
export async function fetchFile(
  world: World,
  { id, link }: { id?: string | undefined; link?: string | undefined },
  reach: (url: string) => string,
): Promise<StoredFile | null> {
  if (id !== undefined) return world.files.find(id) ?? null;
  if (link === undefined) return null;
  const response = await fetch(reach(link), { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (!response?.ok) return null;
  const mimeType = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  const name = decodeURIComponent(new URL(link).pathname.split('/').at(-1) ?? '');
  return world.files.keep({ bytes: Buffer.from(await response.arrayBuffer()), mimeType, name });
}
