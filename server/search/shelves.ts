/**
 * Every lexeme of an entry begins with the shelf of its ticket: which thousands its number lies in. So a search reads
 * the newest shelf first and stops as soon as a page is full, however common a word is; a rare one is looked up on
 * many shelves at once. What is read does not grow with what is stored, but for one key a shelf.
 */
const SHELF_BITS = 12;
/**
 * Shelves that one look takes together, at most. What is rare is on few of them, and a look costs more than a shelf
 * without it. What is on every shelf costs more the more of them are looked at together: each ticket that might fit is
 * held against the keys of all.
 */
const WIDEST = { rare: 32, common: 2 };

export const shelfOf = (number: number): number => Math.floor(number / 2 ** SHELF_BITS);
/** The same in SQL, of a bigint. */
export const SHELF_SQL = `>> ${SHELF_BITS}`;

/** Shelves from the one that `newest` stands on down to the first: one, one, two, four and so on at a time. */
export function shelvesFrom(newest: number, sought: keyof typeof WIDEST): number[][] {
  const looks: number[][] = [];
  let next = shelfOf(newest);
  for (let width = 1; next >= 0; width = Math.min(WIDEST[sought], looks.length < 2 ? 1 : width * 2)) {
    const look = Array.from({ length: Math.min(width, next + 1) }, (_, index) => next - index);
    looks.push(look);
    next -= look.length;
  }
  return looks;
}
