import { z } from 'zod';
import { articleDetailSchema, articleSummarySchema, restoreArticleSchema, saveArticleSchema } from './article.ts';
import {
  broadcastDetailSchema,
  broadcastPreviewSchema,
  broadcastSchema,
  composeBroadcastSchema,
  createBroadcastSchema,
  steerBroadcastSchema,
} from './broadcast.ts';
import {
  addCaseTextSchema,
  caseBoardSchema,
  caseDetailSchema,
  caseFiltersSchema,
  caseMapSchema,
  casePageSchema,
  changeCaseStatusSchema,
  createCaseSchema,
  editCaseSchema,
  folioKeySchema,
  followForSchema,
  listCasesSchema,
  nearbyCaseListSchema,
  nearbyCasesSchema,
  publicCaseSchema,
  reopenByCitizenSchema,
} from './case.ts';
import { type Endpoint, endpoints } from './endpoints.ts';
import {
  addNoteSchema,
  attachmentSchema,
  auditPageSchema,
  boardSchema,
  cannedReplySchema,
  chatSettingsSchema,
  citizenSchema,
  closeSchema,
  consoleCitySchema,
  createOperatorSchema,
  createQueueSchema,
  emailViewSchema,
  forwardSchema,
  listMessagesSchema,
  listTicketsSchema,
  mailboxesSchema,
  markReadSchema,
  messagePageSchema,
  offerSchema,
  operatorSchema,
  presenceSchema,
  publicCitySchema,
  queueFiguresSchema,
  queueSchema,
  type Role,
  saveCannedReplySchema,
  saveQueueSchema,
  sendMessageSchema,
  sessionSchema,
  setPresenceSchema,
  signInSchema,
  slugSchema,
  snoozeSchema,
  ticketDetailSchema,
  ticketEventSchema,
  ticketPageSchema,
  ticketSummarySchema,
  transferSchema,
  updateCitizenSchema,
  updateOperatorSchema,
} from './http.ts';
import {
  dismissTurnSchema,
  lessonSchema,
  listTurnsSchema,
  listUtterancesSchema,
  markTurnSchema,
  publishTrialSchema,
  startTrialSchema,
  ticketTurnSchema,
  trialSchema,
  turnPageSchema,
  utteranceSchema,
} from './learning.ts';
import { mergeCitizensSchema, mergeSchema, mergesSchema } from './merge.ts';
import { fieldSchema, messageSchema } from './message.ts';
import { channelAccountsSchema } from './messaging.ts';
import { cityMapSchema, placeSuggestionsSchema, whereaboutsSchema } from './place.ts';

/**
 * Every JSON route of `/api/v1`: the server registers them from here, the console calls them from here, and
 * `/api/openapi.json` is drawn from here. Methods and paths are those of `endpoints`.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> extends Endpoint {
  tag: string;
  summary: string;
  /** Who may call it; `public`: anybody. */
  access: 'public' | 'signed-in' | readonly Role[];
  /** Calls a minute of one address, where fewer than of the others will do. */
  perMinute?: number;
  params: Params;
  query: Query;
  body: Body;
  response: Response;
}

const none = z.object({}).strict();
type None = typeof none;

function route<R extends z.ZodType, P extends z.ZodType = None, Q extends z.ZodType = None, B extends z.ZodType = None>(
  definition: Omit<Route<P, Q, B, R>, 'params' | 'query' | 'body'> & { params?: P; query?: Q; body?: B },
): Route<P, Q, B, R> {
  return { params: none as never, query: none as never, body: none as never, ...definition };
}

const done = z.object({ ok: z.literal(true) });
const byId = z.object({ id: z.uuid() });
const byOperatorId = z.object({ id: z.string().min(1).max(60) });
const byQueueId = z.object({ id: slugSchema });
const byArticleId = z.object({ id: slugSchema });
const administrators = ['administrator'] as const;
const supervisors = ['supervisor', 'administrator'] as const;
const desk = ['operator', 'supervisor', 'administrator'] as const;
/** Departments see and change their own cases only. */
const caseWorkers = [...desk, 'department'] as const;

export const api = {
  city: route({
    ...endpoints.city,
    tag: 'City',
    summary: 'What a resident may know of the city: name, hours, privacy notice, looks of the chat',
    access: 'public',
    response: publicCitySchema,
  }),

  signIn: route({
    ...endpoints.signIn,
    tag: 'Session',
    summary: 'Sign in; the answer sets an HttpOnly cookie',
    access: 'public',
    body: signInSchema,
    response: sessionSchema,
  }),
  session: route({
    ...endpoints.session,
    tag: 'Session',
    summary: 'Who is signed in',
    access: 'signed-in',
    response: sessionSchema,
  }),
  signOut: route({
    ...endpoints.signOut,
    tag: 'Session',
    summary: 'Sign out; presence ends',
    access: 'signed-in',
    response: done,
  }),
  setPresence: route({
    ...endpoints.setPresence,
    tag: 'Session',
    summary: 'Go available or away',
    access: desk,
    body: setPresenceSchema,
    response: presenceSchema,
  }),

  consoleCity: route({
    ...endpoints.consoleCity,
    tag: 'City',
    summary: 'Dispositions, topics and names that the console shows',
    access: 'signed-in',
    response: consoleCitySchema,
  }),

  listTickets: route({
    ...endpoints.listTickets,
    tag: 'Tickets',
    summary:
      'Waiting: in queue order. Mine: held by the caller, the one with the oldest unanswered message first. Closed and all: newest first',
    access: desk,
    query: listTicketsSchema,
    response: ticketPageSchema,
  }),
  openTicket: route({
    ...endpoints.openTicket,
    tag: 'Tickets',
    summary: 'A ticket with its conversation, citizen and history',
    access: desk,
    params: byId,
    response: ticketDetailSchema,
  }),
  takeTicket: route({
    ...endpoints.takeTicket,
    tag: 'Tickets',
    summary: 'Supervisors and administrators take over any open ticket; operators one that the bot has or that waits',
    access: desk,
    params: byId,
    response: ticketSummarySchema,
  }),
  sendMessage: route({
    ...endpoints.sendMessage,
    tag: 'Tickets',
    summary: 'Answer the citizen; the holder only. Repeating a clientId gives the stored message back',
    access: desk,
    params: byId,
    body: sendMessageSchema,
    response: messageSchema,
  }),
  addNote: route({
    ...endpoints.addNote,
    tag: 'Tickets',
    summary: 'A note that the citizen never sees',
    access: desk,
    params: byId,
    body: addNoteSchema,
    response: ticketEventSchema,
  }),
  transferTicket: route({
    ...endpoints.transferTicket,
    tag: 'Tickets',
    summary: 'Hand over to a person (who is offered it) or to a queue; its clock stays',
    access: desk,
    params: byId,
    body: transferSchema,
    response: ticketSummarySchema,
  }),
  closeTicket: route({
    ...endpoints.closeTicket,
    tag: 'Tickets',
    summary: 'Close with a disposition',
    access: desk,
    params: byId,
    body: closeSchema,
    response: ticketSummarySchema,
  }),
  reopenTicket: route({
    ...endpoints.reopenTicket,
    tag: 'Tickets',
    summary: 'Undo a close: the ticket comes back to the caller',
    access: desk,
    params: byId,
    response: ticketSummarySchema,
  }),
  snoozeTicket: route({
    ...endpoints.snoozeTicket,
    tag: 'Tickets',
    summary: 'Put it aside until a time, or until the citizen answers',
    access: desk,
    params: byId,
    body: snoozeSchema,
    response: ticketSummarySchema,
  }),
  wakeTicket: route({
    ...endpoints.wakeTicket,
    tag: 'Tickets',
    summary: 'Take back what was put aside',
    access: desk,
    params: byId,
    response: ticketSummarySchema,
  }),
  forwardTicket: route({
    ...endpoints.forwardTicket,
    tag: 'Tickets',
    summary: "Send it to a department; the answer comes back into the contact's story",
    access: desk,
    params: byId,
    body: forwardSchema,
    response: ticketEventSchema,
  }),
  markRead: route({
    ...endpoints.markRead,
    tag: 'Tickets',
    summary: 'The operator has read up to this seq',
    access: desk,
    params: byId,
    body: markReadSchema,
    response: done,
  }),
  listMessages: route({
    ...endpoints.listMessages,
    tag: 'Tickets',
    summary: 'Messages by cursor',
    access: desk,
    params: byId,
    query: listMessagesSchema,
    response: messagePageSchema,
  }),

  openEmail: route({
    ...endpoints.openEmail,
    tag: 'E-mail',
    summary: 'A mail in full: headers, whole text, where it comes from',
    access: desk,
    params: byId,
    response: emailViewSchema,
  }),
  decodeEmail: route({
    ...endpoints.decodeEmail,
    tag: 'E-mail',
    summary: 'Decode the mail again from how it came, with what this version understands',
    access: desk,
    params: byId,
    response: messageSchema,
  }),
  retryMessage: route({
    ...endpoints.retryMessage,
    tag: 'Tickets',
    summary: 'Send a message again that could not be delivered',
    access: desk,
    params: byId,
    response: messageSchema,
  }),
  listMailboxes: route({
    ...endpoints.listMailboxes,
    tag: 'E-mail',
    summary: 'Mailboxes of the city and how they do, and mails that were set aside',
    access: supervisors,
    response: mailboxesSchema,
  }),

  currentOffer: route({
    ...endpoints.currentOffer,
    tag: 'Offers',
    summary: 'The offer that waits for the caller, if any',
    access: desk,
    response: z.object({ offer: offerSchema.nullable() }),
  }),
  acceptOffer: route({
    ...endpoints.acceptOffer,
    tag: 'Offers',
    summary: 'Accept: the ticket is the callers',
    access: desk,
    params: byId,
    response: ticketSummarySchema,
  }),
  declineOffer: route({
    ...endpoints.declineOffer,
    tag: 'Offers',
    summary: 'Let it pass on to somebody else',
    access: desk,
    params: byId,
    response: done,
  }),

  updateCitizen: route({
    ...endpoints.updateCitizen,
    tag: 'Citizens',
    summary: 'Correct what is known of a citizen; null removes a value',
    access: desk,
    params: byId,
    body: updateCitizenSchema,
    response: citizenSchema,
  }),

  listMerges: route({
    ...endpoints.listMerges,
    tag: 'Citizens',
    summary: 'Who may be the same person, and why; and what was merged before',
    access: desk,
    params: byId,
    response: mergesSchema,
  }),
  mergeCitizens: route({
    ...endpoints.mergeCitizens,
    tag: 'Citizens',
    summary: 'Make another person part of this one; can be undone',
    access: desk,
    params: byId,
    body: mergeCitizensSchema,
    response: mergeSchema,
  }),
  undoMerge: route({
    ...endpoints.undoMerge,
    tag: 'Citizens',
    summary: 'Take a merge back: each has again what was theirs',
    access: desk,
    params: byId,
    response: mergeSchema,
  }),

  listChannelAccounts: route({
    ...endpoints.listChannelAccounts,
    tag: 'Channels',
    summary: 'Accounts on WhatsApp, SMS, Messenger and Instagram, and how each fares',
    access: supervisors,
    response: channelAccountsSchema,
  }),

  previewBroadcast: route({
    ...endpoints.previewBroadcast,
    tag: 'Broadcasts',
    summary: 'How many followers of a case would get a notice, and how; nothing is sent',
    access: desk,
    body: composeBroadcastSchema,
    response: broadcastPreviewSchema,
  }),
  listBroadcasts: route({
    ...endpoints.listBroadcasts,
    tag: 'Broadcasts',
    summary: 'Notices to followers, newest first',
    access: desk,
    query: z.object({ caseId: z.uuid().optional() }),
    response: z.array(broadcastSchema),
  }),
  createBroadcast: route({
    ...endpoints.createBroadcast,
    tag: 'Broadcasts',
    summary: 'Tell all followers of a case something; above the limit a second person has to approve it',
    access: desk,
    body: createBroadcastSchema,
    response: broadcastSchema,
  }),
  openBroadcast: route({
    ...endpoints.openBroadcast,
    tag: 'Broadcasts',
    summary: 'A notice, its progress and whom it did not reach',
    access: desk,
    params: byId,
    response: broadcastDetailSchema,
  }),
  steerBroadcast: route({
    ...endpoints.steerBroadcast,
    tag: 'Broadcasts',
    summary: 'Approve, pause, resume or cancel a notice; approving is for a supervisor who did not write it',
    access: desk,
    params: byId,
    body: steerBroadcastSchema,
    response: broadcastSchema,
  }),

  board: route({
    ...endpoints.board,
    tag: 'Supervision',
    summary: 'Figures now, and who does what',
    access: supervisors,
    response: boardSchema,
  }),
  queueFigures: route({
    ...endpoints.queueFigures,
    tag: 'Supervision',
    summary: 'Live figures of the callers queues',
    access: desk,
    response: z.array(queueFiguresSchema),
  }),

  listQueues: route({
    ...endpoints.listQueues,
    tag: 'Queues',
    summary: 'All queues',
    access: 'signed-in',
    response: z.array(queueSchema),
  }),
  createQueue: route({
    ...endpoints.createQueue,
    tag: 'Queues',
    summary: 'Add a queue',
    access: administrators,
    body: createQueueSchema,
    response: queueSchema,
  }),
  saveQueue: route({
    ...endpoints.saveQueue,
    tag: 'Queues',
    summary: 'Change a queue; routing follows at once',
    access: administrators,
    params: byQueueId,
    body: saveQueueSchema,
    response: queueSchema,
  }),
  deleteQueue: route({
    ...endpoints.deleteQueue,
    tag: 'Queues',
    summary: 'Remove a queue; what waits there goes to the default queue with its clock',
    access: administrators,
    params: byQueueId,
    response: z.object({ moved: z.number().int() }),
  }),

  listOperators: route({
    ...endpoints.listOperators,
    tag: 'People',
    summary: 'People of the console, with presence',
    access: 'signed-in',
    response: z.array(operatorSchema.extend({ presence: presenceSchema })),
  }),
  createOperator: route({
    ...endpoints.createOperator,
    tag: 'People',
    summary: 'Add a person',
    access: administrators,
    body: createOperatorSchema,
    response: operatorSchema,
  }),
  updateOperator: route({
    ...endpoints.updateOperator,
    tag: 'People',
    summary: 'Change a person; disabling ends their sessions and returns what they hold to the queue',
    access: administrators,
    params: byOperatorId,
    body: updateOperatorSchema,
    response: operatorSchema,
  }),

  listCannedReplies: route({
    ...endpoints.listCannedReplies,
    tag: 'Content',
    summary: 'Canned replies',
    access: desk,
    response: z.array(cannedReplySchema),
  }),
  createCannedReply: route({
    ...endpoints.createCannedReply,
    tag: 'Content',
    summary: 'Add a canned reply',
    access: supervisors,
    body: saveCannedReplySchema,
    response: cannedReplySchema,
  }),
  saveCannedReply: route({
    ...endpoints.saveCannedReply,
    tag: 'Content',
    summary: 'Change a canned reply',
    access: supervisors,
    params: byId,
    body: saveCannedReplySchema,
    response: cannedReplySchema,
  }),
  deleteCannedReply: route({
    ...endpoints.deleteCannedReply,
    tag: 'Content',
    summary: 'Remove a canned reply',
    access: supervisors,
    params: byId,
    response: done,
  }),

  chatSettings: route({
    ...endpoints.chatSettings,
    tag: 'Settings',
    summary: 'Looks of the chat and what it asks first',
    access: 'signed-in',
    response: chatSettingsSchema,
  }),
  saveChatSettings: route({
    ...endpoints.saveChatSettings,
    tag: 'Settings',
    summary: 'Change them; open widgets follow at once',
    access: administrators,
    body: chatSettingsSchema,
    response: chatSettingsSchema,
  }),

  listArticles: route({
    ...endpoints.listArticles,
    tag: 'Content',
    summary: 'Articles that the bot quotes, one a topic, and whether each may still be quoted',
    access: desk,
    response: z.array(articleSummarySchema),
  }),
  openArticle: route({
    ...endpoints.openArticle,
    tag: 'Content',
    summary: 'An article with all its versions',
    access: desk,
    params: byArticleId,
    response: articleDetailSchema,
  }),
  saveArticle: route({
    ...endpoints.saveArticle,
    tag: 'Content',
    summary: 'Change an article; the bot quotes it so from now on. Refused with `conflict` when somebody was quicker',
    access: supervisors,
    params: byArticleId,
    body: saveArticleSchema,
    response: articleDetailSchema,
  }),
  restoreArticle: route({
    ...endpoints.restoreArticle,
    tag: 'Content',
    summary: 'Bring back an earlier version, as a new one',
    access: supervisors,
    params: byArticleId,
    body: restoreArticleSchema,
    response: articleDetailSchema,
  }),

  listTicketTurns: route({
    ...endpoints.listTicketTurns,
    tag: 'Learning',
    summary: 'What the bot took the words of a contact for, answer by answer, and how it was marked',
    access: desk,
    params: byId,
    response: z.array(ticketTurnSchema),
  }),
  markTurn: route({
    ...endpoints.markTurn,
    tag: 'Learning',
    summary: 'Mark an answer of the bot good or bad; null takes the mark back',
    access: desk,
    params: byId,
    body: markTurnSchema,
    response: ticketTurnSchema,
  }),
  listTurns: route({
    ...endpoints.listTurns,
    tag: 'Learning',
    summary: 'Answers of the bot to be reviewed, newest first. Never of danger, nor of protected contacts',
    access: supervisors,
    query: listTurnsSchema,
    response: turnPageSchema,
  }),
  dismissTurn: route({
    ...endpoints.dismissTurn,
    tag: 'Learning',
    summary: 'There is nothing to learn from it; or there is, after all',
    access: supervisors,
    params: byId,
    body: dismissTurnSchema,
    response: done,
  }),
  listLessons: route({
    ...endpoints.listLessons,
    tag: 'Learning',
    summary: 'What the bot can be taught, and how much it has to learn each from',
    access: desk,
    response: z.array(lessonSchema),
  }),
  listUtterances: route({
    ...endpoints.listUtterances,
    tag: 'Learning',
    summary: 'What was taught in the console, newest first; of one lesson, after it what its file has',
    access: desk,
    query: listUtterancesSchema,
    response: z.array(utteranceSchema),
  }),
  startTrial: route({
    ...endpoints.startTrial,
    tag: 'Learning',
    summary: 'Try out new utterances: what the bot would understand better and worse. Answers at once',
    access: supervisors,
    body: startTrialSchema,
    response: trialSchema,
  }),
  readTrial: route({
    ...endpoints.readTrial,
    tag: 'Learning',
    summary: 'How a trial is going, and what came of it',
    access: supervisors,
    params: byId,
    response: trialSchema,
  }),
  publishTrial: route({
    ...endpoints.publishTrial,
    tag: 'Learning',
    summary: 'The utterances of a trial go live. Refused with `conflict` when others did since',
    access: supervisors,
    body: publishTrialSchema,
    response: trialSchema,
  }),
  withdrawUtterance: route({
    ...endpoints.withdrawUtterance,
    tag: 'Learning',
    summary: 'The bot learns it no more',
    access: supervisors,
    params: byId,
    response: done,
  }),

  listCases: route({
    ...endpoints.listCases,
    tag: 'Cases',
    summary: 'Newest first; with `late`, the oldest promise first',
    access: caseWorkers,
    query: listCasesSchema,
    response: casePageSchema,
  }),
  caseBoard: route({
    ...endpoints.caseBoard,
    tag: 'Cases',
    summary: 'A column a status, the first 50 cases of each',
    access: caseWorkers,
    query: caseFiltersSchema,
    response: caseBoardSchema,
  }),
  caseMap: route({
    ...endpoints.caseMap,
    tag: 'Cases',
    summary: 'Where they are. Protected cases are on no map',
    access: caseWorkers,
    query: caseFiltersSchema,
    response: caseMapSchema,
  }),
  nearbyCases: route({
    ...endpoints.nearbyCases,
    tag: 'Cases',
    summary: 'Open cases of a service about a point that may be the same, nearest first',
    access: caseWorkers,
    query: nearbyCasesSchema,
    response: nearbyCaseListSchema,
  }),
  openCase: route({
    ...endpoints.openCase,
    tag: 'Cases',
    summary: 'A case with its story. Reading a protected one is logged',
    access: caseWorkers,
    params: byId,
    response: caseDetailSchema,
  }),
  createCase: route({
    ...endpoints.createCase,
    tag: 'Cases',
    summary: 'Open a case. From a contact, its citizen reports it and is given the folio there',
    access: caseWorkers,
    body: createCaseSchema,
    response: caseDetailSchema,
  }),
  editCase: route({
    ...endpoints.editCase,
    tag: 'Cases',
    summary: 'Correct what it says, pass it to another department, add photos',
    access: caseWorkers,
    params: byId,
    body: editCaseSchema,
    response: caseDetailSchema,
  }),
  changeCaseStatus: route({
    ...endpoints.changeCaseStatus,
    tag: 'Cases',
    summary: 'Take a step; whoever filed or follows it is told',
    access: caseWorkers,
    params: byId,
    body: changeCaseStatusSchema,
    response: caseDetailSchema,
  }),
  addCaseNote: route({
    ...endpoints.addCaseNote,
    tag: 'Cases',
    summary: 'A note that citizens never see',
    access: caseWorkers,
    params: byId,
    body: addCaseTextSchema,
    response: caseDetailSchema,
  }),
  addCaseUpdate: route({
    ...endpoints.addCaseUpdate,
    tag: 'Cases',
    summary: 'Tell whoever filed or follows it how it goes',
    access: caseWorkers,
    params: byId,
    body: addCaseTextSchema,
    response: caseDetailSchema,
  }),
  followCaseFor: route({
    ...endpoints.followCaseFor,
    tag: 'Cases',
    summary: 'The citizen of a contact follows it as well: it counts, and they are told how it goes',
    access: caseWorkers,
    params: byId,
    body: followForSchema,
    response: caseDetailSchema,
  }),
  readFolio: route({
    ...endpoints.readFolio,
    tag: 'Folio',
    summary: 'How a case goes, for whoever has its folio and its secret',
    access: 'public',
    body: folioKeySchema,
    response: publicCaseSchema,
  }),
  reopenFolio: route({
    ...endpoints.reopenFolio,
    tag: 'Folio',
    summary: 'It is not solved, says whoever has its folio and its secret',
    access: 'public',
    body: reopenByCitizenSchema,
    response: publicCaseSchema,
  }),

  findPlaces: route({
    ...endpoints.findPlaces,
    tag: 'Places',
    summary: 'Places that a text may mean, best first',
    access: 'public',
    perMinute: 240,
    query: z.object({ q: fieldSchema(200, 1) }),
    response: placeSuggestionsSchema,
  }),
  whereIs: route({
    ...endpoints.whereIs,
    tag: 'Places',
    summary: 'What lies at a point',
    access: 'public',
    query: z.object({
      latitude: z.coerce.number().min(-90).max(90),
      longitude: z.coerce.number().min(-180).max(180),
    }),
    response: whereaboutsSchema,
  }),
  cityMap: route({
    ...endpoints.cityMap,
    tag: 'Places',
    summary: 'What a map of the municipality shows first',
    access: 'public',
    response: cityMapSchema,
  }),

  listAudit: route({
    ...endpoints.listAudit,
    tag: 'Audit',
    summary: 'Who changed what, newest first',
    access: administrators,
    query: z.object({
      cursor: z.string().max(60).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    response: auditPageSchema,
  }),
} as const satisfies Record<keyof typeof endpoints, Route>;

export const uploadResponseSchema = attachmentSchema;

export type Api = typeof api;
export type RouteInput<R extends Route> = {
  params: z.input<R['params']>;
  query: z.input<R['query']>;
  body: z.input<R['body']>;
};
export type RouteOutput<R extends Route> = z.output<R['response']>;
