import type { Identifiers } from './identifiers.ts';

export interface StoredFile {
  id: string;
  bytes: Buffer;
  mimeType: string;
  name: string;
}

const MOST_BYTES = 96 * 1024 * 1024;

/** Files of both sides. The oldest go when there is no more room. */
export interface Files {
  keep(file: Omit<StoredFile, 'id'>): StoredFile;
  find(id: string): StoredFile | undefined;
  forget(id: string): boolean;
}

export function createFiles(identifiers: Identifiers): Files {
  const files = new Map<string, StoredFile>();
  let total = 0;

  function forget(id: string): boolean {
    total -= files.get(id)?.bytes.length ?? 0;
    return files.delete(id);
  }

  return {
    keep(given) {
      // Meta's ids are numbers, and Twilio's can be made of them.
      const file = { ...given, id: identifiers.digits(identifiers.fresh(), 16) };
      files.set(file.id, file);
      total += file.bytes.length;
      for (const id of files.keys()) {
        if (total <= MOST_BYTES || id === file.id) break;
        forget(id);
      }
      return file;
    },
    find: (id) => files.get(id),
    forget,
  };
}
