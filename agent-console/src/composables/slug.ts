import { plainText } from './plain-text.ts';

/** A name as an id: lower case, plain letters, words joined by hyphens. */
export function slugOf(name: string): string {
  return plainText(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}
