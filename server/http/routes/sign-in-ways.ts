import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import type { Me } from '../../contract/http.ts';
import { may } from '../../contract/permissions.ts';
import { api } from '../../contract/routes.ts';
import { askForNewPassword } from '../../operators/forgotten-password.ts';
import { acceptInvitation, invite, openInvitation, readInvitation } from '../../operators/invitations.ts';
import { loadOperator, loadPerson } from '../../operators/load-people.ts';
import { mustCover } from '../../operators/roles/must-cover.ts';
import { endSessions, listSessions, removeTwoFactor } from '../../operators/sessions.ts';
import { headersOf, markByProvider } from '../../operators/signed-in.ts';
import type { HttpApp } from '../http-app.ts';
import type { Register } from '../register.ts';

/** Invitations, sessions, the second step, and the city's own provider of sign-ins. */
export function signInWayRoutes(app: HttpApp, register: Register, context: AppContext): void {
  const { database, unitOfWork, signIn, clock, cases, letters, invitationLinks, log } = context;
  const audit = (origin: Origin, action: string, target: string, after?: unknown) =>
    unitOfWork((unit) => recordAudit(unit, origin, { action, target, after }));

  register(api.inviteOperator, ({ params, body, operator, origin }) =>
    unitOfWork(async (unit) => {
      mustCover(operator, await loadPerson(unit.tx, params.id));
      const by = body?.by ?? (letters.from ? 'mail' : 'link');
      if (by === 'mail' && !letters.from) throw new AppError('mail_off');
      const invited = { operatorId: params.id, by: operator.name, mail: by === 'mail' };
      const { token, expiresAt } = await invite(unit, invitationLinks, invited);
      await recordAudit(unit, origin, { action: 'operator.invited', target: params.id, after: { by, expiresAt } });
      return { link: by === 'mail' ? null : invitationLinks.linkOf(token), expiresAt: expiresAt.toISOString() };
    }),
  );

  register(api.forgotPassword, async ({ body, origin }) => {
    if (!letters.from) throw new AppError('mail_off');
    // Answered before it is looked up: neither the answer nor how long it takes tells who signs in here.
    const asked = unitOfWork(async (unit) => {
      const id = await askForNewPassword(unit, invitationLinks, body.email);
      if (id) await recordAudit(unit, origin, { action: 'operator.password_forgotten', target: id });
    });
    asked.catch((error) => log.error({ err: error }, 'a link for a new password was asked for and not made'));
    return { ok: true as const };
  });

  register(api.readInvitation, async ({ body }) => {
    const { name, email } = await unitOfWork((unit) => openInvitation(unit, body.token));
    return { name, email };
  });

  register(api.acceptInvitation, async ({ body, origin }) => {
    await readInvitation(database.db, body.token, clock.now());
    const hash = await signIn.hashPassword(body.password);
    return unitOfWork(async (unit) => {
      const { id, name, email } = await acceptInvitation(unit, body.token, hash);
      await recordAudit(unit, { ...origin, actor: { id, name } }, { action: 'operator.joined', target: id });
      return { name, email };
    });
  });

  register(api.listSessions, async ({ params, operator, request }) => {
    await mustBeSelfOrMay(operator, params.id);
    const current = await signIn.sessionId(headersOf(request));
    return listSessions(database.db, params.id, current);
  });

  register(api.endSessions, async ({ params, body, operator, request, origin }) => {
    await mustBeSelfOrMay(operator, params.id);
    const exceptId = await signIn.sessionId(headersOf(request));
    return unitOfWork(async (unit) => {
      const which = body.sessionId ? { sessionId: body.sessionId } : { exceptId };
      const count = await endSessions(unit, params.id, which);
      await recordAudit(unit, origin, { action: 'session.revoked', target: params.id, after: { count } });
      return { count };
    });
  });

  register(api.twoFactor, async ({ operator }) => {
    const row = await database.db
      .selectFrom('operator')
      .select('two_factor_enabled')
      .where('id', '=', operator.id)
      .executeTakeFirstOrThrow();
    return { enabled: row.two_factor_enabled };
  });

  register(api.beginTwoFactor, ({ body, request }) => signIn.beginTwoFactor(body.password, headersOf(request)));

  register(api.confirmTwoFactor, async ({ body, operator, request, reply, origin }) => {
    setCookies(reply, await signIn.confirmTwoFactor(body.code, headersOf(request)));
    await audit(origin, 'two_factor.enabled', operator.id);
    return { ok: true as const };
  });

  register(api.endTwoFactor, async ({ body, operator, request, reply, origin }) => {
    setCookies(reply, await signIn.endTwoFactor(body.password, headersOf(request)));
    await audit(origin, 'two_factor.disabled', operator.id);
    return { ok: true as const };
  });

  register(api.removeTwoFactor, ({ params, operator, origin }) =>
    unitOfWork(async (unit) => {
      mustCover(operator, await loadPerson(unit.tx, params.id));
      await removeTwoFactor(unit, params.id);
      await recordAudit(unit, origin, { action: 'two_factor.disabled', target: params.id });
      return { ok: true as const };
    }),
  );

  register(api.signInWays, async () => ({ provider: signIn.withProvider, forgotten: letters.from !== null }));

  /** @throws AppError `not_found`: of others only those who let them in know */
  async function mustBeSelfOrMay(operator: Me, id: string): Promise<void> {
    if (operator.id === id) return;
    if (!may(operator, 'people.access')) throw new AppError('not_found');
    mustCover(operator, await loadPerson(database.db, id));
  }

  app.get('/api/v1/session/provider', { schema: { hide: true } }, async (request, reply) => {
    if (!signIn.withProvider) throw new AppError('not_found');
    const back = { to: '/console', failed: '/console/sign-in?failed=provider' };
    const { url, cookies } = await signIn.goToProvider(headersOf(request), back);
    setCookies(reply, cookies);
    return reply.redirect(url);
  });

  app.get('/api/auth/callback/oidc', { schema: { hide: true } }, async (request, reply) => {
    const url = new URL(request.url, cases.publicUrl);
    const answer = await signIn.comeBack(new Request(url, { headers: headersOf(request) }));
    const cookies = answer.headers.getSetCookie();
    const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
    const id = await signIn.operatorId(new Headers({ cookie }));
    const sessionId = await signIn.sessionId(new Headers({ cookie }));
    if (id && sessionId) {
      await markByProvider(database.db, sessionId);
      const actor = await loadOperator(database.db, id);
      const origin = { actor, address: request.ip, requestId: request.id };
      if (actor.disabled) return reply.redirect('/console/sign-in?failed=provider');
      await audit(origin, 'session.started', id, { by: 'provider' });
    }
    setCookies(reply, cookies);
    return reply.redirect(z.string().catch('/console').parse(answer.headers.get('location')));
  });
}

function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  for (const cookie of cookies) void reply.header('set-cookie', cookie);
}
