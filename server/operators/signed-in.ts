import type { IncomingHttpHeaders } from 'node:http';
import type { AppContext } from '../context.ts';
import type { Operator } from '../contract/http.ts';
import { loadOperators } from './people.ts';

/** The operator whose session the request's cookie names, or null. Somebody disabled is nobody. */
export async function signedIn(
  context: Pick<AppContext, 'signIn' | 'database'>,
  headers: Headers,
): Promise<Operator | null> {
  const id = await context.signIn.operatorId(headers);
  if (!id) return null;
  const [operator] = await loadOperators(context.database.db, [id]);
  return operator && !operator.disabled ? operator : null;
}

/** Headers of a request or a socket's handshake, as the sign-in library takes them. */
export function headersOf(request: { headers: IncomingHttpHeaders }): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
