export interface Change {
  /** Path of the value, `hours.days.6`. */
  path: string;
  /** `undefined` where there was nothing. */
  before: unknown;
  after: unknown;
}

function flat(value: unknown, path: string, into: Map<string, unknown>): void {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, each] of Object.entries(value)) flat(each, path ? `${path}.${key}` : key, into);
  } else if (value !== undefined && value !== null) {
    into.set(path || '·', value);
  }
}

/** What differs between two recorded states, value by value. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  const [old, now] = [new Map<string, unknown>(), new Map<string, unknown>()];
  flat(before, '', old);
  flat(after, '', now);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => JSON.stringify(old.get(path)) !== JSON.stringify(now.get(path)))
    .sort()
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }));
}
