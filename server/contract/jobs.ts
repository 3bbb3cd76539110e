import { z } from 'zod';

/**
 * Every kind of background work and what it carries. The first part of a name is its BullMQ queue: one a class of
 * work, so that none delays another. A job only says where to look; the database says what is true, so a job that
 * comes twice, late or never (the reconciler sends it again) changes nothing.
 */
export const jobSchemas = {
  /** The bot answers what a ticket's citizen has said since its last turn, or breaks a silence that has lasted. */
  'inbound.turn': z.object({ ticketId: z.uuid() }),
  /** The bot reads the mail that begins a contact. */
  'inbound.triage': z.object({ messageId: z.uuid() }),
  /** Match what waits with who is free. */
  'tickets.route': z.object({}),
  /** An offer's time is up. */
  'tickets.offer_expired': z.object({ offerId: z.uuid() }),
  /** Somebody promised to look again, and the time has come; or they are not there, and their queue is to. */
  'tickets.follow_up_due': z.object({ followUpId: z.uuid() }),
  /** Call the operator who accepted, or took it, into the room of the ticket's call; or call back who waits for it. */
  'tickets.connect_call': z.object({ ticketId: z.uuid() }),
  /** Carry out at the line what a call's legs are to be. */
  'tickets.arrange_call': z.object({ callId: z.uuid() }),
  /** Somebody was rung and may not have answered. */
  'tickets.leg_expired': z.object({ legId: z.uuid() }),
  /** Time after the call is up. */
  'tickets.wrap_up_over': z.object({ callId: z.uuid() }),
  /** Fetch a recording from its line. */
  'media.recording': z.object({ recordingId: z.uuid() }),
  /** Tell the next followers of a case what happened to it. */
  'outbound.case_news': z.object({ eventId: z.number().int() }),
  /** Say a notice to the next of a case's followers. `version`: as it was when this was promised; by another, it does nothing. */
  'outbound.broadcast': z.object({ broadcastId: z.uuid(), version: z.number().int() }),
  /** Hand a stored message to its channel. */
  'outbound.send': z.object({ messageId: z.uuid() }),
  /** Send somebody the link by which they choose a password. */
  'outbound.invitation': z.object({ operatorId: z.string() }),
  /** Fetch from the provider a file that a message only pointed to. */
  'media.fetch': z.object({ attachmentId: z.uuid() }),
  /** Write down what is said in a voice note. */
  'media.transcribe': z.object({ attachmentId: z.uuid() }),
  /** Bring what reports count to what contacts came to meanwhile. */
  'reports.fold': z.object({}),
  /** Put everything that is held about a person into one file. */
  'reports.export_person': z.object({ requestId: z.uuid() }),
  /** Forget a person. */
  'reports.erase_person': z.object({ requestId: z.uuid() }),
  /** Let go the next of what is past its term. */
  'reports.retention': z.object({ runId: z.uuid() }),
  /** Try, bring in, or take out the next rows of a file. */
  'reports.import': z.object({ importId: z.uuid() }),
  /** Draw contacts to score by the plans that have not drawn today. */
  'reports.draw_reviews': z.object({}),
  /** Add up what reports read of days that are over. */
  'reports.sum': z.object({}),
  /** Send a scheduled report to whom it has not reached yet. */
  'reports.send': z.object({ runId: z.uuid() }),
  /** Tell another program what happened. */
  'webhooks.deliver': z.object({ deliveryId: z.uuid() }),
} as const;

export type JobName = keyof typeof jobSchemas;
export type JobData<N extends JobName> = z.infer<(typeof jobSchemas)[N]>;

export const queueNames = ['inbound', 'tickets', 'outbound', 'media', 'webhooks', 'reports'] as const;
export type JobQueueName = (typeof queueNames)[number];

/** The BullMQ queue a job belongs to. */
export function queueOf(job: JobName): JobQueueName {
  return job.slice(0, job.indexOf('.')) as JobQueueName;
}

/** Classes of work that there is any of; the others wait for the channels and reports that will fill them. */
export const queuesInUse: ReadonlySet<JobQueueName> = new Set((Object.keys(jobSchemas) as JobName[]).map(queueOf));

export type JobHandlers = { [N in JobName]: (data: JobData<N>) => Promise<void> };
