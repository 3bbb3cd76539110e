/**
 * Where each feature known by name has its place, in a few bytes a feature: names are kept as 32-bit hashes only. Two
 * names that share one are so rare (one in tens of thousands of lookups) that nobody could tell.
 */
export interface FeatureTable {
  /** Hashes by slot, 0 for none; as many slots as a power of two. */
  hashes: Uint32Array<ArrayBuffer>;
  /** The place of the feature whose hash is in that slot. */
  places: Uint32Array<ArrayBuffer>;
}

/** How many slots there are for each feature: with more room fewer have to be looked at. */
const ROOM = 2;

/** Each name's place is its position in the list. */
export function featureTable(names: readonly string[]): FeatureTable {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, names.length * ROOM)));
  const table: FeatureTable = { hashes: new Uint32Array(size), places: new Uint32Array(size) };
  for (const [place, name] of names.entries()) {
    const hash = hashOf(name);
    const slot = slotOf(table, hash);
    table.hashes[slot] = hash;
    table.places[slot] = place;
  }
  return table;
}

/** The place of a name, or -1 when it is not known. */
export function placeOf(table: FeatureTable, name: string): number {
  const slot = slotOf(table, hashOf(name));
  return table.hashes[slot] === 0 ? -1 : (table.places[slot] ?? -1);
}

/** The slot that holds the hash, or the free one where it belongs. */
function slotOf({ hashes }: FeatureTable, hash: number): number {
  let slot = hash & (hashes.length - 1);
  while (hashes[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & (hashes.length - 1);
  return slot;
}

/** FNV-1a, its bits mixed once more; never 0. */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0 || 1;
}
