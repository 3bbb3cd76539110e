export interface Change {
  /** Path of the value, `hours.days.6`. */
  path: string;
  before: string | null;
  after: string | null;
}

function flat(value: unknown, path: string, into: Map<string, string>): void {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, each] of Object.entries(value)) flat(each, path ? `${path}.${key}` : key, into);
  } else if (value !== undefined && value !== null) {
    into.set(path || '·', typeof value === 'string' ? value : JSON.stringify(value));
  }
}

/** What differs between two recorded states, value by value. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  const [old, now] = [new Map<string, string>(), new Map<string, string>()];
  flat(before, '', old);
  flat(after, '', now);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => old.get(path) !== now.get(path))
    .sort()
    .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }));
}
