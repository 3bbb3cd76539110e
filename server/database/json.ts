/**
 * A value for a jsonb column. `pg` would send an array as a PostgreSQL array and a string as bare text, so it is
 * serialised here; the cast tells the query builder, which types the column by what is read from it.
 */
export const json = (value: unknown): never => JSON.stringify(value) as never;
