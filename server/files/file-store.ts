import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import type { Config } from '../config.ts';

/** Where the bytes of attachments are: a folder under DATA_DIR, or a bucket. Keys are ours; names never touch a path. */
export interface FileStore {
  put(key: string, bytes: Uint8Array, mimeType: string): Promise<void>;
  read(key: string): Promise<Readable>;
  /** Nothing happens when it is not there. */
  remove(key: string): Promise<void>;
  /** Of everything that is there. */
  keys(): AsyncIterable<string>;
}

export async function openFileStore(config: Config): Promise<FileStore> {
  const disk = new Disk(await driver(config));
  return {
    put: (key, bytes, contentType) => disk.put(key, bytes, { contentType }),
    read: (key) => disk.getStream(key),
    remove: (key) => disk.delete(key),
    keys: () => keysOf(disk),
  };
}

async function* keysOf(disk: Disk): AsyncGenerator<string> {
  let paginationToken: string | undefined;
  do {
    const page = await disk.listAll('/', { recursive: true, ...(paginationToken ? { paginationToken } : {}) });
    for (const file of page.objects) if (file.isFile) yield file.key;
    paginationToken = page.paginationToken;
  } while (paginationToken);
}

async function driver(config: Config) {
  if (!config.S3_BUCKET) {
    const location = join(config.DATA_DIR, 'files');
    await mkdir(location, { recursive: true });
    return new FSDriver({ location, visibility: 'private' });
  }
  // Loaded only where used: the SDK costs more memory than the rest of the server's start.
  const { S3Driver } = await import('flydrive/drivers/s3');
  return new S3Driver({
    bucket: config.S3_BUCKET,
    region: config.S3_REGION,
    visibility: 'private',
    supportsACL: false,
    ...(config.S3_ENDPOINT ? { endpoint: config.S3_ENDPOINT, forcePathStyle: true } : {}),
    ...(config.S3_ACCESS_KEY_ID && config.S3_SECRET_ACCESS_KEY
      ? { credentials: { accessKeyId: config.S3_ACCESS_KEY_ID, secretAccessKey: config.S3_SECRET_ACCESS_KEY } }
      : {}),
  });
}
