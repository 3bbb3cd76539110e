import { createHash, type Hash } from 'node:crypto';
import { readArchive } from './archive.ts';
import { BackupError, MANIFEST_NAME, type Manifest, manifestSchema } from './manifest.ts';

/** `tables/NAME/PART` and `files/KEY`. */
export const tableOf = (part: string): string | null => /^tables\/([^/]+)\/[^/]+$/.exec(part)?.[1] ?? null;
export const keyOf = (part: string): string | null => (part.startsWith('files/') ? part.slice('files/'.length) : null);

/**
 * Reads the whole backup and compares it with what it says of itself.
 * @throws BackupError naming what is not as it was written
 */
export async function checkBackup(path: string): Promise<Manifest> {
  const tables = new Map<string, Hash>();
  const files = new Map<string, string>();
  let written: Buffer | null = null;
  for await (const { name, bytes } of readArchive(path)) {
    const table = tableOf(name);
    const key = keyOf(name);
    if (table) {
      const hash = tables.get(table) ?? createHash('sha256');
      tables.set(table, hash.update(bytes));
    } else if (key) files.set(key, createHash('sha256').update(bytes).digest('hex'));
    else if (name === MANIFEST_NAME) written = bytes;
  }
  if (!written) throw new BackupError(`${path} no es un respaldo de Línea Ciudadana, o está incompleto.`);
  const manifest = readManifest(written);
  const nothing = createHash('sha256').digest('hex');
  const broken = [
    ...manifest.tables
      .filter(({ name, sha256 }) => (tables.get(name)?.digest('hex') ?? nothing) !== sha256)
      .map(({ name }) => `la tabla ${name}`),
    ...manifest.files.filter(({ key, sha256 }) => files.get(key) !== sha256).map(({ key }) => `el archivo ${key}`),
  ];
  if (broken.length > 0) {
    const named = broken.slice(0, 5).join(', ');
    throw new BackupError(
      `El respaldo está dañado: ${named}${broken.length > 5 ? ` y ${broken.length - 5} más` : ''}.`,
    );
  }
  return manifest;
}

function readManifest(bytes: Buffer): Manifest {
  const parsed = manifestSchema.safeParse(JSON.parse(bytes.toString('utf8')));
  if (!parsed.success) throw new BackupError('El respaldo es de una versión que este programa no conoce.');
  return parsed.data;
}
