import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import type { AppContext } from '../../context.ts';
import type { PersonScope } from './scope.ts';

type Parts = Pick<AppContext, 'database' | 'files'>;

/** Lines of the log that are looked at in one statement. */
const LINES = 20_000;
/** What could not be read may be long: so many are in memory at once. */
const INPUTS = 100;
const ERASED = '{"erased": true}';

/** What hangs on no id of the person and is found by what stands in it. */
export async function eraseElsewhere(parts: Parts, scope: PersonScope): Promise<void> {
  const { db } = parts.database;
  const { rows } = await sql<{ text: string }>`
    select u.text from utterance u join bot_turn b on b.id = u.turn_id where b.ticket_id = any(${scope.tickets})`.execute(
    db,
  );
  const words = [...scope.knownBy, ...rows.map(({ text }) => text.toLowerCase())];
  await eraseUnread(parts, scope);
  await eraseLog(parts, scope, words);
  if (scope.knownBy.length === 0) return;
  await sql`update saved_view t set filters = t.filters - 'q' where ${names('t.filters', scope.knownBy)}`.execute(db);
  await sql`delete from early_report t where ${names('t.report', scope.knownBy)}`.execute(db);
  await sql`delete from message_change t where t.applied_at is null and ${names('t.change', scope.knownBy)}`.execute(
    db,
  );
}

const names = (column: string, words: readonly string[]) =>
  sql`exists (select from unnest(${[...words]}::text[]) x where strpos(lower(${sql.ref(column)}::text), x) > 0)`;

/** What could not be read is kept as it came: a text, or of a mail the key of its file. */
async function eraseUnread({ database, files }: Parts, { knownBy }: PersonScope): Promise<void> {
  const { db } = database;
  let after: string | null = null;
  do {
    let query = db.selectFrom('raw_input').select(['id', 'body']).orderBy('id').limit(INPUTS);
    if (after) query = query.where('id', '>', after);
    const inputs: { id: string; body: string }[] = await query.execute();
    for (const { id, body } of inputs) {
      const isMail = body.startsWith('mail/');
      const text = (isMail ? await readText(files, body) : body).toLowerCase();
      if (!knownBy.some((word) => text.includes(word))) continue;
      if (isMail) await files.remove(body);
      await db.deleteFrom('raw_input').where('id', '=', id).execute();
    }
    after = inputs.length === INPUTS ? (inputs.at(-1)?.id ?? null) : null;
  } while (after);
}

const readText = async (files: Parts['files'], key: string): Promise<string> =>
  files
    .read(key)
    .then(buffer)
    .then((bytes) => bytes.toString('latin1'))
    .catch(() => '');

/** That something was done, by whom and when, stays; what it was about says nothing any more. */
async function eraseLog({ database }: Parts, scope: PersonScope, words: readonly string[]): Promise<void> {
  const { db } = database;
  const ids = [...scope.people, ...scope.conversations, ...scope.tickets, ...scope.calls, ...scope.cases];
  const forgotten = sql`
    before = case when t.before is null then null else ${ERASED}::jsonb end,
    after = case when t.after is null then null else ${ERASED}::jsonb end`;
  await sql`update audit_log t set ${forgotten} where t.target = any(${ids})`.execute(db);
  if (words.length === 0) return;
  const { rows } = await sql<{ last: number | null }>`select max(id) as last from audit_log`.execute(db);
  for (let from = 0; from <= (rows[0]?.last ?? -1); from += LINES) {
    await sql`update audit_log t set ${forgotten} where t.id >= ${from} and t.id < ${from + LINES}
      and (${names('t.before', words)} or ${names('t.after', words)})`.execute(db);
  }
}
