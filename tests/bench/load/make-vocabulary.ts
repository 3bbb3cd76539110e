import type pg from 'pg';
import { answers, closings, firstNames, lastNames, matters, openings, places, syllables, times } from './words.ts';

/** Sentences that people and city say; rare words, by how often they are said. */
export const SENTENCES = 40_000;
export const ANSWERS = 2_000;
export const RARE_WORDS = 100_000;
const SEED_RARE = 11;

/** The word at a place of the rare ones: the higher, the rarer. */
export const rareWord = (place: number): string =>
  [1, 30, 900, 27_000].map((step) => syllables[Math.floor(place / step) % 30] ?? '').join('');

/** Temporary tables to draw from by number, and the two draws: even, and as words are drawn, a few again and again. */
export async function makeVocabulary(client: pg.PoolClient): Promise<void> {
  await client.query(`
    create function pg_temp.draw(n bigint, salt int, below int) returns int language sql immutable as
      $$ select ((hashint8extended(n, salt) & 9007199254740991) % below)::int $$;
    create function pg_temp.zipf(n bigint, salt int, below int) returns int language sql immutable as
      $$ select floor(below * power((hashint8extended(n, salt) & 16777215) / 16777216.0, 3))::int $$`);
  await client.query(
    `create temp table rare_word as
     select n as i, ($1::text[])[1 + n % 30] || ($1::text[])[1 + n / 30 % 30] || ($1::text[])[1 + n / 900 % 30]
       || ($1::text[])[1 + n / 27000 % 30] as word
     from generate_series(0, ${RARE_WORDS - 1}) n`,
    [syllables],
  );
  await client.query('create unique index on rare_word (i)');
  const one = (list: number, salt: number) =>
    `($${list}::text[])[1 + pg_temp.zipf(n, ${salt}, cardinality($${list}::text[]))]`;
  await client.query(
    `create temp table sentence as
     select n as i, concat_ws(' ', ${one(1, 1)} || ',', ${one(2, 2)}, ${one(3, 3)}, ${one(4, 4)} || '.', ${one(5, 5)},
       (select word from rare_word where i = pg_temp.zipf(n, ${SEED_RARE}, ${RARE_WORDS}))) as text
     from generate_series(0, ${SENTENCES - 1}) n`,
    [openings, matters, places, times, closings],
  );
  await client.query(
    `create temp table answer as
     select n as i, ${one(1, 6)} || ' ' || ${one(2, 7)} as text from generate_series(0, ${ANSWERS - 1}) n`,
    [answers, closings],
  );
  await client.query(
    `create temp table person as
     select n as i, ${one(1, 8)} || ' ' || ${one(2, 9)} || ' ' || ($2::text[])[1 + pg_temp.draw(n, 10, 50)] as name
     from generate_series(0, 49999) n`,
    [firstNames, lastNames],
  );
  await client.query('analyze rare_word, sentence, answer, person');
}
