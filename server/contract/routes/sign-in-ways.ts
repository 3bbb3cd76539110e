import { z } from 'zod';
import { invitationSchema, inviteSchema, personSessionSchema } from '../administration.ts';
import { emailSchema } from '../channel.ts';
import { endpoints } from '../endpoints.ts';
import { sessionSchema } from '../http.ts';
import { byOperatorId, done, route } from './route.ts';

const codeSchema = z.object({ code: z.string().trim().min(6).max(40) });
const passwordSchema = z.object({ password: z.string().min(1).max(200) });
const tokenSchema = z.object({ token: z.string().min(20).max(100) });
const newcomerSchema = z.object({ name: z.string(), email: z.string() });
const TRIES_A_MINUTE = 20;
const ASKED_A_MINUTE = 6;

/** Routes of how people come in: invitations, the second step, sessions. */
export const signInWayRoutes = {
  signInWays: route({
    ...endpoints.signInWays,
    tag: 'Session',
    summary: 'Whether the city has a provider of sign-ins of its own, at GET /api/v1/session/provider',
    access: 'public',
    response: z.object({
      provider: z.boolean(),
      forgotten: z.boolean().describe('A link for a new password can be sent by mail'),
    }),
  }),
  enterCode: route({
    ...endpoints.enterCode,
    tag: 'Session',
    summary: 'The second step, after signing in was answered `second_factor_required`',
    access: 'public',
    perMinute: TRIES_A_MINUTE,
    body: codeSchema,
    response: sessionSchema,
  }),
  readInvitation: route({
    ...endpoints.readInvitation,
    tag: 'Session',
    summary: 'Whom an invitation is for',
    access: 'public',
    perMinute: TRIES_A_MINUTE,
    body: tokenSchema,
    response: newcomerSchema,
  }),
  acceptInvitation: route({
    ...endpoints.acceptInvitation,
    tag: 'Session',
    summary: 'Choose a password; the invitation opens no more',
    access: 'public',
    perMinute: TRIES_A_MINUTE,
    body: tokenSchema.extend({ password: z.string().min(10).max(200) }),
    response: newcomerSchema,
  }),
  forgotPassword: route({
    ...endpoints.forgotPassword,
    tag: 'Session',
    summary: 'Send a link for a new password, if somebody of that address signs in here; the answer does not tell',
    access: 'public',
    perMinute: ASKED_A_MINUTE,
    body: z.object({ email: emailSchema }),
    response: done,
  }),
  inviteOperator: route({
    ...endpoints.inviteOperator,
    tag: 'People',
    summary: 'A link by which somebody chooses a password, by mail or to hand over; the one before opens no more',
    access: 'people.access',
    params: byOperatorId,
    body: inviteSchema,
    response: invitationSchema,
  }),
  listSessions: route({
    ...endpoints.listSessions,
    tag: 'People',
    summary: 'Where somebody is signed in: oneself, or for who may, anybody',
    access: 'signed-in',
    params: byOperatorId,
    response: z.array(personSessionSchema),
  }),
  endSessions: route({
    ...endpoints.endSessions,
    tag: 'People',
    summary: 'Sign somebody out: of one session, or of all but the one that asks',
    access: 'signed-in',
    params: byOperatorId,
    body: z.object({ sessionId: z.string().max(60).nullable().default(null) }),
    response: z.object({ count: z.number().int() }),
  }),
  twoFactor: route({
    ...endpoints.twoFactor,
    tag: 'Session',
    summary: 'Whether signing in takes a second step',
    access: 'signed-in',
    beforeSecondStep: true,
    response: z.object({ enabled: z.boolean() }),
  }),
  beginTwoFactor: route({
    ...endpoints.beginTwoFactor,
    tag: 'Session',
    summary: 'What an authenticator reads, and recovery codes, shown once',
    access: 'signed-in',
    beforeSecondStep: true,
    body: passwordSchema,
    response: z.object({ uri: z.string(), recoveryCodes: z.array(z.string()) }),
  }),
  confirmTwoFactor: route({
    ...endpoints.confirmTwoFactor,
    tag: 'Session',
    summary: 'The first code: from now on signing in takes one',
    access: 'signed-in',
    beforeSecondStep: true,
    perMinute: TRIES_A_MINUTE,
    body: codeSchema,
    response: done,
  }),
  endTwoFactor: route({
    ...endpoints.endTwoFactor,
    tag: 'Session',
    summary: 'The password is enough again',
    access: 'signed-in',
    body: passwordSchema,
    response: done,
  }),
  removeTwoFactor: route({
    ...endpoints.removeTwoFactor,
    tag: 'People',
    summary: 'For somebody who lost their authenticator: the password is enough until they set it up anew',
    access: 'people.access',
    params: byOperatorId,
    response: done,
  }),
} as const;
