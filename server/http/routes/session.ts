import type { FastifyReply } from 'fastify';
import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import type { Me, Presence } from '../../contract/http.ts';
import { may } from '../../contract/permissions.ts';
import { api } from '../../contract/routes.ts';
import { loadStandings } from '../../operators/load-people.ts';
import { headersOf } from '../../operators/signed-in.ts';
import { loadPresences, setPresence } from '../../routing/presence.ts';
import type { Register } from '../register.ts';

export function sessionRoutes(register: Register, context: AppContext): void {
  const { database, signIn, unitOfWork, config, clock } = context;
  const attempts = createAttempts();

  register(api.signIn, async ({ body, request, reply, origin }) => {
    attempts.mustHaveLeft(`${request.ip} ${body.email}`, TRIES);
    attempts.mustHaveLeft(request.ip, TRIES_OF_ADDRESS);
    const { cookies, needsCode } = await signIn.signIn(body.email, body.password, headersOf(request));
    const { id } = await database.db
      .selectFrom('operator')
      .select('id')
      .where('email', '=', body.email)
      .executeTakeFirstOrThrow();
    const operator = await meOf(id);
    if (operator.disabled) throw new AppError('account_disabled');
    attempts.forget(`${request.ip} ${body.email}`);
    setCookies(reply, cookies);
    if (needsCode) throw new AppError('second_factor_required');
    return begin(operator, origin);
  });

  register(api.enterCode, async ({ body, request, reply, origin }) => {
    attempts.mustHaveLeft(`code ${request.ip}`, TRIES);
    const { cookies, operatorId } = await signIn.enterCode(body.code, headersOf(request));
    const operator = await meOf(operatorId);
    if (operator.disabled) throw new AppError('account_disabled');
    attempts.forget(`code ${request.ip}`);
    setCookies(reply, cookies);
    return begin(operator, origin);
  });

  async function meOf(id: string): Promise<Me> {
    const [standing] = await loadStandings(database.db, clock.now(), [id]);
    if (!standing) throw new AppError('not_found');
    return standing.me;
  }

  async function begin(operator: Me, origin: Origin) {
    const actor = { id: operator.id, name: operator.name };
    await unitOfWork((unit) =>
      recordAudit(unit, { ...origin, actor }, { action: 'session.started', target: operator.id }),
    );
    return { operator, presence: await presenceOf(operator.id) };
  }

  register(api.session, async ({ operator }) => ({ operator, presence: await presenceOf(operator.id) }));

  register(api.signOut, async ({ operator, request, reply, origin }) => {
    setCookies(reply, await signIn.signOut(headersOf(request)));
    await unitOfWork(async (unit) => {
      await setPresence(unit, operator.id, 'offline', 'signed_out', 0);
      await recordAudit(unit, origin, { action: 'session.ended', target: operator.id });
      unit.emit('session.ended', operator.id);
    });
    return { ok: true as const };
  });

  register(api.setPresence, async ({ operator, body }) => {
    const takesCalls = body.takesCalls && may(operator, 'calls.take');
    await unitOfWork((unit) =>
      setPresence(unit, operator.id, body.status, 'self', config.PRESENCE_LEASE_SECONDS, takesCalls),
    );
    return presenceOf(operator.id);
  });

  async function presenceOf(operatorId: string): Promise<Presence> {
    const [presence] = await loadPresences(database.db, [operatorId]);
    if (!presence) throw new AppError('not_found');
    return presence;
  }
}

function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  for (const cookie of cookies) void reply.header('set-cookie', cookie);
}

const TRIES = 10;
/** Of a whole office behind one address: each try costs the server a hash. */
const TRIES_OF_ADDRESS = 150;
const WINDOW_MS = 5 * 60_000;

/** Guesses at a password, counted by address and account together: nobody can lock a colleague out from elsewhere. */
function createAttempts() {
  const counts = new Map<string, { tries: number; until: number }>();
  return {
    mustHaveLeft(key: string, tries: number): void {
      const now = Date.now();
      if (counts.size > 10_000) for (const [old, { until }] of counts) if (until < now) counts.delete(old);
      const entry = counts.get(key);
      const current = entry && entry.until > now ? entry : { tries: 0, until: now + WINDOW_MS };
      current.tries += 1;
      counts.set(key, current);
      if (current.tries > tries)
        throw new AppError('rate_limited', { seconds: Math.ceil((current.until - now) / 1_000) });
    },
    forget: (key: string) => void counts.delete(key),
  };
}
