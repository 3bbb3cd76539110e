import { type SqlBool, sql } from 'kysely';

/** Nothing said before message `m` to the same person is still on its way. */
export const isFirstInLine = sql<SqlBool>`not exists (
  select from message earlier
  where earlier.conversation_id = m.conversation_id and earlier.seq < m.seq and earlier.status = 'queued')`;
