import { speakToNext } from '../broadcasts/speak-to-next.ts';
import { arrangeCall } from '../calls/arrange-call.ts';
import { connectCall } from '../calls/connect-call.ts';
import { endWrapUp } from '../calls/end-wrap-up.ts';
import { expireLeg } from '../calls/expire-leg.ts';
import { fetchRecording } from '../calls/fetch-recording.ts';
import { tellMoreFollowers } from '../cases/tell-citizens.ts';
import type { AppContext } from '../context.ts';
import type { JobHandlers } from '../contract/jobs.ts';
import { createBotTurns } from '../conversations/bot-turn.ts';
import { goOnWithImport } from '../data/import/run-import.ts';
import { erasePerson } from '../data/person/erase-person.ts';
import { exportPerson } from '../data/person/export-person.ts';
import { goOnWithRun } from '../data/retention/run.ts';
import { sendQueued } from '../delivery/deliver.ts';
import { triageMail } from '../email/triage.ts';
import { attendFollowUp } from '../follow-ups/due-follow-ups.ts';
import { fetchFile } from '../media/fetch-file.ts';
import { transcribeVoice } from '../media/transcribe-voice.ts';
import { sendInvitation } from '../operators/send-invitation.ts';
import { drawDaily } from '../quality/plans/draw-plan.ts';
import { keepFacts } from '../reports/keep-facts.ts';
import { sendReport } from '../reports/schedules/send-run.ts';
import { keepSums } from '../reports/sums/keep-sums.ts';
import { expireOffer } from '../routing/offers.ts';
import { route } from '../routing/route.ts';
import { readRoutingSettings } from '../routing/routing-settings.ts';
import { deliverWebhook } from '../webhooks-out/deliver-webhook.ts';

/** What each job does. Adding a job without a handler does not compile. */
export function jobHandlers(context: AppContext): JobHandlers {
  const { config, database, unitOfWork, openings } = context;
  const takeBotTurn = createBotTurns({
    ...context,
    db: database.db,
    async outsideHours(queueId: string | null) {
      const { open, opensAt } = await openings.of(queueId);
      return open ? null : { opens: opensAt?.toISOString() ?? '' };
    },
  });
  return {
    'inbound.turn': ({ ticketId }) => takeBotTurn(ticketId),
    'inbound.triage': ({ messageId }) => triageMail(context, messageId),
    async 'tickets.route'() {
      // Asked before the transaction, which must never wait for a second connection.
      const [open, settings] = await Promise.all([openings.openQueues(), readRoutingSettings(database.db)]);
      const rules = { openQueues: async () => open, declineCooldownSeconds: config.DECLINE_COOLDOWN_SECONDS, settings };
      await unitOfWork((unit) => route(unit, rules));
    },
    'tickets.offer_expired': ({ offerId }) =>
      unitOfWork((unit) => expireOffer(unit, offerId, config.DECLINE_COOLDOWN_SECONDS)),
    'tickets.follow_up_due': ({ followUpId }) => unitOfWork((unit) => attendFollowUp(unit, followUpId)),
    'outbound.case_news': ({ eventId }) => unitOfWork((unit) => tellMoreFollowers(unit, context.cases, eventId)),
    'outbound.broadcast': (job) => unitOfWork((unit) => speakToNext(unit, context, job)),
    'outbound.invitation': ({ operatorId }) => sendInvitation(context, operatorId),
    'media.fetch': ({ attachmentId }) => fetchFile(context, attachmentId),
    'media.transcribe': ({ attachmentId }) => transcribeVoice(context, attachmentId),
    'tickets.connect_call': ({ ticketId }) => connectCall(context, ticketId),
    'tickets.arrange_call': ({ callId }) => arrangeCall(context, callId),
    'tickets.leg_expired': ({ legId }) => expireLeg(context, legId),
    'tickets.wrap_up_over': ({ callId }) => endWrapUp(context, callId),
    'media.recording': ({ recordingId }) => fetchRecording(context, recordingId),
    'reports.fold': () => keepFacts(context),
    'reports.export_person': ({ requestId }) => exportPerson(context, requestId),
    'reports.erase_person': ({ requestId }) => erasePerson(context, requestId),
    'reports.retention': ({ runId }) => goOnWithRun(context, runId),
    'reports.import': ({ importId }) => goOnWithImport(context, importId),
    'reports.sum': () => keepSums(context),
    'reports.send': ({ runId }) => sendReport(context, runId),
    'reports.draw_reviews': () => drawDaily({ ...context, db: database.db }, context.clock.now()),
    'webhooks.deliver': ({ deliveryId }) => deliverWebhook(context, deliveryId),
    'outbound.send': ({ messageId }) => sendQueued({ ...context, db: database.db }, messageId),
  };
}
