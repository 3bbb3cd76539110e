import { z } from 'zod';
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
  listMessagesSchema,
  listTicketsSchema,
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
  ticketDetailSchema,
  ticketEventSchema,
  ticketPageSchema,
  ticketSummarySchema,
  transferSchema,
  updateCitizenSchema,
  updateOperatorSchema,
} from './http.ts';
import { messageSchema } from './message.ts';

/**
 * Every JSON route of `/api/v1`: the server registers them from here, the console calls them from here, and
 * `/api/openapi.json` is drawn from here. Uploads and downloads, which are not JSON, are named in `fileRoutes`.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, with `:name` for parameters. */
  path: string;
  tag: string;
  summary: string;
  /** Who may call it; `public`: anybody. */
  access: 'public' | 'signed-in' | readonly Role[];
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
const administrators = ['administrator'] as const;
const supervisors = ['supervisor', 'administrator'] as const;
const desk = ['operator', 'supervisor', 'administrator'] as const;

export const api = {
  city: route({
    method: 'GET',
    path: '/city',
    tag: 'City',
    summary: 'What a resident may know of the city: name, hours, privacy notice, looks of the chat',
    access: 'public',
    response: publicCitySchema,
  }),

  signIn: route({
    method: 'POST',
    path: '/session',
    tag: 'Session',
    summary: 'Sign in; the answer sets an HttpOnly cookie',
    access: 'public',
    body: signInSchema,
    response: sessionSchema,
  }),
  session: route({
    method: 'GET',
    path: '/session',
    tag: 'Session',
    summary: 'Who is signed in',
    access: 'signed-in',
    response: sessionSchema,
  }),
  signOut: route({
    method: 'DELETE',
    path: '/session',
    tag: 'Session',
    summary: 'Sign out; presence ends',
    access: 'signed-in',
    response: done,
  }),
  setPresence: route({
    method: 'PUT',
    path: '/session/presence',
    tag: 'Session',
    summary: 'Go available or away',
    access: desk,
    body: setPresenceSchema,
    response: presenceSchema,
  }),

  consoleCity: route({
    method: 'GET',
    path: '/console/city',
    tag: 'City',
    summary: 'Dispositions, topics and names that the console shows',
    access: 'signed-in',
    response: consoleCitySchema,
  }),

  listTickets: route({
    method: 'GET',
    path: '/tickets',
    tag: 'Tickets',
    summary:
      'Waiting: in queue order. Mine: held by the caller, the one with the oldest unanswered message first. Closed and all: newest first',
    access: desk,
    query: listTicketsSchema,
    response: ticketPageSchema,
  }),
  openTicket: route({
    method: 'GET',
    path: '/tickets/:id',
    tag: 'Tickets',
    summary: 'A ticket with its conversation, citizen and history',
    access: desk,
    params: byId,
    response: ticketDetailSchema,
  }),
  takeTicket: route({
    method: 'POST',
    path: '/tickets/:id/take',
    tag: 'Tickets',
    summary: 'Supervisors and administrators take over any open ticket; operators one that the bot has or that waits',
    access: desk,
    params: byId,
    response: ticketSummarySchema,
  }),
  sendMessage: route({
    method: 'POST',
    path: '/tickets/:id/messages',
    tag: 'Tickets',
    summary: 'Answer the citizen; the holder only. Repeating a clientId gives the stored message back',
    access: desk,
    params: byId,
    body: sendMessageSchema,
    response: messageSchema,
  }),
  addNote: route({
    method: 'POST',
    path: '/tickets/:id/notes',
    tag: 'Tickets',
    summary: 'A note that the citizen never sees',
    access: desk,
    params: byId,
    body: addNoteSchema,
    response: ticketEventSchema,
  }),
  transferTicket: route({
    method: 'POST',
    path: '/tickets/:id/transfer',
    tag: 'Tickets',
    summary: 'Hand over to a person (who is offered it) or to a queue; its clock stays',
    access: desk,
    params: byId,
    body: transferSchema,
    response: ticketSummarySchema,
  }),
  closeTicket: route({
    method: 'POST',
    path: '/tickets/:id/close',
    tag: 'Tickets',
    summary: 'Close with a disposition',
    access: desk,
    params: byId,
    body: closeSchema,
    response: ticketSummarySchema,
  }),
  reopenTicket: route({
    method: 'POST',
    path: '/tickets/:id/reopen',
    tag: 'Tickets',
    summary: 'Undo a close: the ticket comes back to the caller',
    access: desk,
    params: byId,
    response: ticketSummarySchema,
  }),
  markRead: route({
    method: 'POST',
    path: '/tickets/:id/read',
    tag: 'Tickets',
    summary: 'The operator has read up to this seq',
    access: desk,
    params: byId,
    body: markReadSchema,
    response: done,
  }),
  listMessages: route({
    method: 'GET',
    path: '/conversations/:id/messages',
    tag: 'Tickets',
    summary: 'Messages by cursor',
    access: desk,
    params: byId,
    query: listMessagesSchema,
    response: messagePageSchema,
  }),

  currentOffer: route({
    method: 'GET',
    path: '/offers/current',
    tag: 'Offers',
    summary: 'The offer that waits for the caller, if any',
    access: desk,
    response: z.object({ offer: offerSchema.nullable() }),
  }),
  acceptOffer: route({
    method: 'POST',
    path: '/offers/:id/accept',
    tag: 'Offers',
    summary: 'Accept: the ticket is the callers',
    access: desk,
    params: byId,
    response: ticketSummarySchema,
  }),
  declineOffer: route({
    method: 'POST',
    path: '/offers/:id/decline',
    tag: 'Offers',
    summary: 'Let it pass on to somebody else',
    access: desk,
    params: byId,
    response: done,
  }),

  updateCitizen: route({
    method: 'PATCH',
    path: '/citizens/:id',
    tag: 'Citizens',
    summary: 'Correct what is known of a citizen; null removes a value',
    access: desk,
    params: byId,
    body: updateCitizenSchema,
    response: citizenSchema,
  }),

  board: route({
    method: 'GET',
    path: '/board',
    tag: 'Supervision',
    summary: 'Figures now, and who does what',
    access: supervisors,
    response: boardSchema,
  }),
  queueFigures: route({
    method: 'GET',
    path: '/queues/figures',
    tag: 'Supervision',
    summary: 'Live figures of the callers queues',
    access: desk,
    response: z.array(queueFiguresSchema),
  }),

  listQueues: route({
    method: 'GET',
    path: '/queues',
    tag: 'Queues',
    summary: 'All queues',
    access: 'signed-in',
    response: z.array(queueSchema),
  }),
  createQueue: route({
    method: 'POST',
    path: '/queues',
    tag: 'Queues',
    summary: 'Add a queue',
    access: administrators,
    body: createQueueSchema,
    response: queueSchema,
  }),
  saveQueue: route({
    method: 'PUT',
    path: '/queues/:id',
    tag: 'Queues',
    summary: 'Change a queue; routing follows at once',
    access: administrators,
    params: byQueueId,
    body: saveQueueSchema,
    response: queueSchema,
  }),
  deleteQueue: route({
    method: 'DELETE',
    path: '/queues/:id',
    tag: 'Queues',
    summary: 'Remove a queue; what waits there goes to the default queue with its clock',
    access: administrators,
    params: byQueueId,
    response: z.object({ moved: z.number().int() }),
  }),

  listOperators: route({
    method: 'GET',
    path: '/operators',
    tag: 'People',
    summary: 'People of the console, with presence',
    access: 'signed-in',
    response: z.array(operatorSchema.extend({ presence: presenceSchema })),
  }),
  createOperator: route({
    method: 'POST',
    path: '/operators',
    tag: 'People',
    summary: 'Add a person',
    access: administrators,
    body: createOperatorSchema,
    response: operatorSchema,
  }),
  updateOperator: route({
    method: 'PATCH',
    path: '/operators/:id',
    tag: 'People',
    summary: 'Change a person; disabling ends their sessions and returns what they hold to the queue',
    access: administrators,
    params: byOperatorId,
    body: updateOperatorSchema,
    response: operatorSchema,
  }),

  listCannedReplies: route({
    method: 'GET',
    path: '/canned-replies',
    tag: 'Content',
    summary: 'Canned replies',
    access: desk,
    response: z.array(cannedReplySchema),
  }),
  createCannedReply: route({
    method: 'POST',
    path: '/canned-replies',
    tag: 'Content',
    summary: 'Add a canned reply',
    access: supervisors,
    body: saveCannedReplySchema,
    response: cannedReplySchema,
  }),
  saveCannedReply: route({
    method: 'PUT',
    path: '/canned-replies/:id',
    tag: 'Content',
    summary: 'Change a canned reply',
    access: supervisors,
    params: byId,
    body: saveCannedReplySchema,
    response: cannedReplySchema,
  }),
  deleteCannedReply: route({
    method: 'DELETE',
    path: '/canned-replies/:id',
    tag: 'Content',
    summary: 'Remove a canned reply',
    access: supervisors,
    params: byId,
    response: done,
  }),

  chatSettings: route({
    method: 'GET',
    path: '/settings/chat',
    tag: 'Settings',
    summary: 'Looks of the chat and what it asks first',
    access: 'signed-in',
    response: chatSettingsSchema,
  }),
  saveChatSettings: route({
    method: 'PUT',
    path: '/settings/chat',
    tag: 'Settings',
    summary: 'Change them; open widgets follow at once',
    access: administrators,
    body: chatSettingsSchema,
    response: chatSettingsSchema,
  }),

  listAudit: route({
    method: 'GET',
    path: '/audit',
    tag: 'Audit',
    summary: 'Who changed what, newest first',
    access: administrators,
    query: z.object({
      cursor: z.string().max(60).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    response: auditPageSchema,
  }),
} as const;

/** Not JSON: multipart in, bytes or text out. Paths are whole. */
export const fileRoutes = {
  /** Resident's upload: header `authorization: Bearer <chat token>`, multipart field `file`. Answers an Attachment. */
  chatUpload: '/api/v1/chat/files',
  /** Resident's own conversation as text, `?token=`. */
  chatTranscript: '/api/v1/chat/transcript',
  /** Operator's upload for a ticket, multipart field `file`. Answers an Attachment. */
  upload: '/api/v1/files',
  /** Bytes: for the operator by cookie, for the resident by `?token=`. */
  download: (id: string) => `/api/v1/files/${id}`,
} as const;
export const uploadResponseSchema = attachmentSchema;

export type Api = typeof api;
export type RouteInput<R extends Route> = {
  params: z.input<R['params']>;
  query: z.input<R['query']>;
  body: z.input<R['body']>;
};
export type RouteOutput<R extends Route> = z.output<R['response']>;
