/** `JSON.stringify` writes only halves of characters so: what was cut in the middle of an emoji. */
const HALF = /\\ud[89a-f]/;
const whole = (_key: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value);

/**
 * A value for a jsonb column. `pg` would send an array as a PostgreSQL array and a string as bare text, so it is
 * serialised here; the cast tells the query builder, which types the column by what is read from it. PostgreSQL refuses
 * half a character, which must not be the end of whatever it stands in.
 */
export function json(value: unknown): never {
  const text = JSON.stringify(value);
  return (HALF.test(text) ? JSON.stringify(value, whole) : text) as never;
}
