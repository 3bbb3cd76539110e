import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CityError } from './city-error.ts';

const FILES = { 'hold-music.mp3': 'audio/mpeg', 'hold-music.wav': 'audio/wav' } as const;
/** Five minutes in good quality; telephones hear no more. */
const MOST_BYTES = 10 * 1024 * 1024;

/** What the city plays to callers who wait, where its folder has something. @throws CityError when it is too large */
export async function readHoldMusic(folder: string): Promise<{ contentType: string; bytes: Buffer } | null> {
  for (const [file, contentType] of Object.entries(FILES)) {
    const path = join(folder, file);
    const found = await stat(path).catch(() => null);
    if (!found) continue;
    if (found.size > MOST_BYTES) throw new CityError(folder, [{ file, key: '', message: 'is larger than 10 MB' }]);
    return { contentType, bytes: await readFile(path) };
  }
  return null;
}
