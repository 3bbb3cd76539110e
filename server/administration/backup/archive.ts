import { createReadStream, createWriteStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import tar from 'tar-stream';
import { BackupError } from './manifest.ts';

export interface ArchiveWriter {
  add(name: string, bytes: Uint8Array): Promise<void>;
  /** Resolves when everything is in the file. */
  end(): Promise<void>;
  /** Leaves the file as it is. */
  abort(): void;
}

/** A new `.tar.gz` at `path`, for its owner alone: it holds what people told the city. */
export function writeArchive(path: string): ArchiveWriter {
  const pack = tar.pack();
  const written = pipeline(pack, createGzip({ level: 5 }), createWriteStream(path, { mode: 0o600, flush: true }));
  // Whoever adds is told of a full disk; without this, so would be the process.
  written.catch(() => undefined);
  return {
    async add(name, bytes) {
      const entry = pack.entry({ name, size: bytes.length, mode: 0o600 });
      entry.end(bytes);
      await Promise.race([finished(entry), written]);
    },
    async end() {
      pack.finalize();
      await written;
    },
    abort: () => pack.destroy(),
  };
}

export interface ArchivePart {
  name: string;
  bytes: Buffer;
}

/** The parts of an archive one after the other. @throws BackupError when it is none, or is cut short */
export async function* readArchive(path: string): AsyncGenerator<ArchivePart> {
  const extract = tar.extract();
  const read = pipeline(createReadStream(path), createGunzip(), extract);
  read.catch(() => undefined);
  try {
    for await (const entry of extract) yield { name: entry.header.name, bytes: await buffer(entry) };
    await read;
  } catch (cause) {
    if (cause instanceof BackupError) throw cause;
    const { code } = cause as { code?: string };
    if (code === 'ENOENT') throw new BackupError(`No existe ${path}.`);
    throw new BackupError(`${path} no es un respaldo, o está incompleto o dañado.`, { cause });
  }
}
