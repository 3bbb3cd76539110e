import { recordAudit } from '../../audit/record-audit.ts';
import { arrangeCall } from '../../calls/arrange-call.ts';
import { takeChatLink } from '../../calls/chat-link.ts';
import { answerLeg, declineLeg } from '../../calls/desk/answer-leg.ts';
import { callDevice } from '../../calls/desk/call-device.ts';
import { consult } from '../../calls/desk/consult.ts';
import { endConsultation } from '../../calls/desk/end-consultation.ts';
import { extendWrapUp } from '../../calls/desk/extend-wrap-up.ts';
import { hangUpCall } from '../../calls/desk/hang-up-call.ts';
import { holdCall } from '../../calls/desk/hold-call.ts';
import { leaveCall } from '../../calls/desk/leave-call.ts';
import { listCalls } from '../../calls/desk/list-calls.ts';
import { monitorCall } from '../../calls/desk/monitor-call.ts';
import { pauseRecording } from '../../calls/desk/pause-recording.ts';
import { rejoinCall } from '../../calls/desk/rejoin-call.ts';
import { startCall } from '../../calls/desk/start-call.ts';
import { transferCall } from '../../calls/desk/transfer-call.ts';
import { readCall } from '../../calls/present-call.ts';
import { ringLeg } from '../../calls/ring-leg.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import { mustSee } from '../../operators/actor.ts';
import type { Register } from '../register.ts';

/**
 * What people do with calls. A line is told after commit and nobody waits for it: what was decided stands, and the job
 * that goes with it brings the line there, should it be slow or down now.
 */
export function callRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, city, log } = context;
  const { db } = database;

  const soon = (work: Promise<void>) =>
    void work.catch((error: unknown) => log.warn({ err: error }, 'a line did not follow'));
  const view = (callId: string) => readCall(db, city, callId);
  /** As the call stands now, with its line on the way there. */
  async function arranged(callId: string, ring: string | null = null) {
    if (ring) soon(ringLeg(context, ring));
    soon(arrangeCall(context, callId));
    return view(callId);
  }

  register(api.takeChatLink, async ({ body, reply }) => {
    reply.header('cache-control', 'no-store');
    return unitOfWork((unit) => takeChatLink(unit, context, body));
  });

  register(api.callDevice, ({ operator }) => callDevice(context, operator));

  register(api.listCalls, ({ operator, query }) => listCalls(db, city, operator, query));

  register(api.startCall, async ({ operator, body, origin }) => {
    const { callId, legId } = await unitOfWork((unit) => startCall(unit, context, operator, origin, body));
    if (legId) soon(ringLeg(context, legId));
    return view(callId);
  });

  register(api.openCall, async ({ operator, params, origin }) => {
    const ticket = await db
      .selectFrom('ticket as t')
      .innerJoin('call as k', 'k.ticket_id', 't.id')
      .select(['t.operator_id', 't.queue_id', 't.state', 't.protected'])
      .where('k.id', '=', params.id)
      .executeTakeFirst();
    if (!ticket) throw new AppError('not_found');
    mustSee(operator, ticket);
    if (ticket.protected) {
      await unitOfWork((unit) => recordAudit(unit, origin, { action: 'call.read', target: params.id }));
    }
    return view(params.id);
  });

  register(api.answerLeg, async ({ operator, params }) => {
    const legId = await unitOfWork((unit) => answerLeg(unit, operator, params.id, params.legId));
    soon(ringLeg(context, legId));
    return view(params.id);
  });

  register(api.declineLeg, async ({ operator, params }) => {
    await unitOfWork((unit) => declineLeg(unit, context, operator, params.id, params.legId));
    soon(arrangeCall(context, params.id));
    return { ok: true as const };
  });

  register(api.holdCall, async ({ operator, params, body }) => {
    await unitOfWork((unit) => holdCall(unit, operator, params.id, body.held));
    return arranged(params.id);
  });

  register(api.transferCall, async ({ operator, params, body }) => {
    await unitOfWork((unit) => transferCall(unit, context, operator, params.id, body));
    return arranged(params.id);
  });

  register(api.consult, async ({ operator, params, body }) => {
    const legId = await unitOfWork((unit) => consult(unit, context, operator, params.id, body));
    return arranged(params.id, legId);
  });

  register(api.endConsultation, async ({ operator, params, body }) => {
    await unitOfWork((unit) => endConsultation(unit, context, operator, params.id, body.how));
    return arranged(params.id);
  });

  register(api.pauseRecording, async ({ operator, params, body }) => {
    await unitOfWork((unit) => pauseRecording(unit, operator, params.id, body.paused));
    return arranged(params.id);
  });

  register(api.monitorCall, async ({ operator, params, body, origin }) => {
    const legId = await unitOfWork((unit) => monitorCall(unit, context, operator, origin, params.id, body.how));
    return arranged(params.id, legId);
  });

  register(api.leaveCall, async ({ operator, params }) => {
    await unitOfWork((unit) => leaveCall(unit, context, operator, params.id));
    soon(arrangeCall(context, params.id));
    return { ok: true as const };
  });

  register(api.rejoinCall, async ({ operator, params }) => {
    const legId = await unitOfWork((unit) => rejoinCall(unit, context, operator, params.id));
    return arranged(params.id, legId);
  });

  register(api.hangUpCall, async ({ operator, params }) => {
    await unitOfWork((unit) => hangUpCall(unit, context, operator, params.id));
    return arranged(params.id);
  });

  register(api.extendWrapUp, async ({ operator, params, body }) => {
    await unitOfWork((unit) => extendWrapUp(unit, operator, params.id, body.seconds));
    return view(params.id);
  });
}
