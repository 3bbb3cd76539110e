import type { IncomingHttpHeaders } from 'node:http';
import { sql } from 'kysely';
import type { AppContext } from '../context.ts';
import { AppError } from '../contract/errors.ts';
import type { Me } from '../contract/http.ts';
import type { Db } from '../database/database.ts';
import { loadStandings } from './load-people.ts';

/**
 * The operator whose session the request's cookie names, with what they may do; or null. Somebody disabled is nobody.
 * @param options.beforeSecondStep lets in who still has to set up the second step that their role requires
 * @throws AppError `second_step_missing`
 */
export async function signedIn(
  { signIn, database, clock }: Pick<AppContext, 'signIn' | 'database' | 'clock'>,
  headers: Headers,
  { beforeSecondStep = false } = {},
): Promise<Me | null> {
  const id = await signIn.operatorId(headers);
  if (!id) return null;
  const [standing] = await loadStandings(database.db, clock.now(), [id]);
  if (!standing || standing.me.disabled) return null;
  const { me, providerExempt } = standing;
  if (me.secondStep !== 'due' && me.secondStep !== 'overdue') return me;
  // Theirs was asked for where they signed in.
  if (providerExempt && (await isByProvider(database.db, await signIn.sessionId(headers)))) {
    return { ...me, secondStep: 'free', secondStepDueAt: null };
  }
  if (me.secondStep === 'overdue' && !beforeSecondStep) throw new AppError('second_step_missing');
  return me;
}

async function isByProvider(db: Db, sessionId: string | null): Promise<boolean> {
  const { rows } = await sql<{ by_provider: boolean }>`
    select by_provider from auth_session where id = ${sessionId}`.execute(db);
  return rows[0]?.by_provider ?? false;
}

/** The session began at the city's own provider. */
export async function markByProvider(db: Db, sessionId: string): Promise<void> {
  await sql`update auth_session set by_provider = true where id = ${sessionId}`.execute(db);
}

/** Headers of a request or a socket's handshake, as the sign-in library takes them. */
export function headersOf(request: { headers: IncomingHttpHeaders }): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
