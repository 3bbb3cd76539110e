/**
 * Where every JSON route of `/api/v1` is found. Apart from `routes.ts`, which adds access and schemas, so that a
 * browser can call the API without loading the schemas.
 */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, with `:name` for parameters. */
  path: string;
}

/** By itself, because the chat widget needs no other and ships no more than it needs. */
export const cityEndpoint = { method: 'GET', path: '/city' } as const satisfies Endpoint;

export const endpoints = {
  city: cityEndpoint,
  signIn: { method: 'POST', path: '/session' },
  session: { method: 'GET', path: '/session' },
  signOut: { method: 'DELETE', path: '/session' },
  setPresence: { method: 'PUT', path: '/session/presence' },
  consoleCity: { method: 'GET', path: '/console/city' },
  listTickets: { method: 'GET', path: '/tickets' },
  find: { method: 'GET', path: '/find' },
  listSavedViews: { method: 'GET', path: '/views' },
  createSavedView: { method: 'POST', path: '/views' },
  updateSavedView: { method: 'PUT', path: '/views/:id' },
  deleteSavedView: { method: 'DELETE', path: '/views/:id' },
  bulkTickets: { method: 'POST', path: '/bulk' },
  undoBulk: { method: 'POST', path: '/bulk/:id/undo' },
  openTicket: { method: 'GET', path: '/tickets/:id' },
  takeTicket: { method: 'POST', path: '/tickets/:id/take' },
  sendMessage: { method: 'POST', path: '/tickets/:id/messages' },
  addNote: { method: 'POST', path: '/tickets/:id/notes' },
  transferTicket: { method: 'POST', path: '/tickets/:id/transfer' },
  closeTicket: { method: 'POST', path: '/tickets/:id/close' },
  reopenTicket: { method: 'POST', path: '/tickets/:id/reopen' },
  snoozeTicket: { method: 'POST', path: '/tickets/:id/snooze' },
  wakeTicket: { method: 'POST', path: '/tickets/:id/wake' },
  forwardTicket: { method: 'POST', path: '/tickets/:id/forward' },
  markRead: { method: 'POST', path: '/tickets/:id/read' },
  listMessages: { method: 'GET', path: '/conversations/:id/messages' },
  openEmail: { method: 'GET', path: '/messages/:id/email' },
  decodeEmail: { method: 'POST', path: '/messages/:id/email' },
  retryMessage: { method: 'POST', path: '/messages/:id/retry' },
  listMailboxes: { method: 'GET', path: '/mailboxes' },
  callDevice: { method: 'GET', path: '/calls/device' },
  listCalls: { method: 'GET', path: '/calls' },
  startCall: { method: 'POST', path: '/calls' },
  openCall: { method: 'GET', path: '/calls/:id' },
  answerLeg: { method: 'POST', path: '/calls/:id/legs/:legId/answer' },
  declineLeg: { method: 'POST', path: '/calls/:id/legs/:legId/decline' },
  holdCall: { method: 'PUT', path: '/calls/:id/hold' },
  transferCall: { method: 'POST', path: '/calls/:id/transfer' },
  consult: { method: 'POST', path: '/calls/:id/consultation' },
  endConsultation: { method: 'POST', path: '/calls/:id/consultation/end' },
  pauseRecording: { method: 'PUT', path: '/calls/:id/recording' },
  monitorCall: { method: 'POST', path: '/calls/:id/monitor' },
  leaveCall: { method: 'POST', path: '/calls/:id/leave' },
  rejoinCall: { method: 'POST', path: '/calls/:id/rejoin' },
  hangUpCall: { method: 'POST', path: '/calls/:id/hang-up' },
  extendWrapUp: { method: 'POST', path: '/calls/:id/wrap-up' },
  currentOffer: { method: 'GET', path: '/offers/current' },
  acceptOffer: { method: 'POST', path: '/offers/:id/accept' },
  declineOffer: { method: 'POST', path: '/offers/:id/decline' },
  updateCitizen: { method: 'PATCH', path: '/citizens/:id' },
  listMerges: { method: 'GET', path: '/citizens/:id/merges' },
  mergeCitizens: { method: 'POST', path: '/citizens/:id/merges' },
  undoMerge: { method: 'DELETE', path: '/merges/:id' },
  listChannelAccounts: { method: 'GET', path: '/channel-accounts' },
  previewBroadcast: { method: 'POST', path: '/broadcasts/preview' },
  listBroadcasts: { method: 'GET', path: '/broadcasts' },
  createBroadcast: { method: 'POST', path: '/broadcasts' },
  openBroadcast: { method: 'GET', path: '/broadcasts/:id' },
  steerBroadcast: { method: 'POST', path: '/broadcasts/:id' },
  board: { method: 'GET', path: '/board' },
  report: { method: 'GET', path: '/reports' },
  reportRows: { method: 'GET', path: '/reports/rows' },
  forecast: { method: 'GET', path: '/reports/forecast' },
  saveLimits: { method: 'PUT', path: '/board/limits/:id' },
  resetLimits: { method: 'DELETE', path: '/board/limits/:id' },
  moveWaiting: { method: 'POST', path: '/board/moves' },
  undoMove: { method: 'POST', path: '/board/moves/:id/undo' },
  setOperatorQueues: { method: 'PUT', path: '/board/operators/:id/queues' },
  putUpAnnouncement: { method: 'POST', path: '/announcements' },
  endAnnouncement: { method: 'DELETE', path: '/announcements/:id' },
  queueFigures: { method: 'GET', path: '/queues/figures' },
  listQueues: { method: 'GET', path: '/queues' },
  createQueue: { method: 'POST', path: '/queues' },
  saveQueue: { method: 'PUT', path: '/queues/:id' },
  openOverflow: { method: 'PUT', path: '/queues/:id/overflow' },
  deleteQueue: { method: 'DELETE', path: '/queues/:id' },
  listOperators: { method: 'GET', path: '/operators' },
  createOperator: { method: 'POST', path: '/operators' },
  updateOperator: { method: 'PATCH', path: '/operators/:id' },
  listCannedReplies: { method: 'GET', path: '/canned-replies' },
  createCannedReply: { method: 'POST', path: '/canned-replies' },
  saveCannedReply: { method: 'PUT', path: '/canned-replies/:id' },
  deleteCannedReply: { method: 'DELETE', path: '/canned-replies/:id' },
  chatSettings: { method: 'GET', path: '/settings/chat' },
  saveChatSettings: { method: 'PUT', path: '/settings/chat' },
  routingSettings: { method: 'GET', path: '/settings/routing' },
  saveRoutingSettings: { method: 'PUT', path: '/settings/routing' },
  listCases: { method: 'GET', path: '/cases' },
  caseBoard: { method: 'GET', path: '/cases/board' },
  caseMap: { method: 'GET', path: '/cases/map' },
  nearbyCases: { method: 'GET', path: '/cases/nearby' },
  openCase: { method: 'GET', path: '/cases/:id' },
  createCase: { method: 'POST', path: '/cases' },
  editCase: { method: 'PATCH', path: '/cases/:id' },
  changeCaseStatus: { method: 'POST', path: '/cases/:id/status' },
  addCaseNote: { method: 'POST', path: '/cases/:id/notes' },
  addCaseUpdate: { method: 'POST', path: '/cases/:id/updates' },
  followCaseFor: { method: 'POST', path: '/cases/:id/followers' },
  takeChatLink: { method: 'POST', path: '/chat/links' },
  readFolio: { method: 'POST', path: '/folio' },
  reopenFolio: { method: 'POST', path: '/folio/reopen' },
  findPlaces: { method: 'GET', path: '/places' },
  whereIs: { method: 'GET', path: '/places/at' },
  cityMap: { method: 'GET', path: '/map' },
  listArticles: { method: 'GET', path: '/articles' },
  openArticle: { method: 'GET', path: '/articles/:id' },
  saveArticle: { method: 'PUT', path: '/articles/:id' },
  restoreArticle: { method: 'POST', path: '/articles/:id/restore' },
  listTicketTurns: { method: 'GET', path: '/tickets/:id/turns' },
  markTurn: { method: 'PUT', path: '/learning/turns/:id/mark' },
  listTurns: { method: 'GET', path: '/learning/turns' },
  dismissTurn: { method: 'PUT', path: '/learning/turns/:id/dismissed' },
  listLessons: { method: 'GET', path: '/learning/lessons' },
  listUtterances: { method: 'GET', path: '/learning/utterances' },
  startTrial: { method: 'POST', path: '/learning/trials' },
  readTrial: { method: 'GET', path: '/learning/trials/:id' },
  publishTrial: { method: 'POST', path: '/learning/utterances' },
  withdrawUtterance: { method: 'DELETE', path: '/learning/utterances/:id' },
  listApiKeys: { method: 'GET', path: '/api-keys' },
  createApiKey: { method: 'POST', path: '/api-keys' },
  revokeApiKey: { method: 'DELETE', path: '/api-keys/:id' },
  listWebhooks: { method: 'GET', path: '/webhooks' },
  createWebhook: { method: 'POST', path: '/webhooks' },
  saveWebhook: { method: 'PUT', path: '/webhooks/:id' },
  deleteWebhook: { method: 'DELETE', path: '/webhooks/:id' },
  webhookSecret: { method: 'GET', path: '/webhooks/:id/secret' },
  renewWebhookSecret: { method: 'POST', path: '/webhooks/:id/secret' },
  pingWebhook: { method: 'POST', path: '/webhooks/:id/ping' },
  listDeliveries: { method: 'GET', path: '/webhooks/:id/deliveries' },
  replayDeliveries: { method: 'POST', path: '/webhooks/:id/replay' },
  listReceipts: { method: 'GET', path: '/receipts' },
  listAudit: { method: 'GET', path: '/audit' },
} as const satisfies Record<string, Endpoint>;

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
  /** What was said on a call; every opening is logged, and what is protected needs the grant. */
  recording: (id: string) => `/api/v1/recordings/${id}/audio`,
  /** A piece of what is said on a call, from the browser that has its voices; pieces of a segment count from 0. */
  callSound: (callId: string, segment: string, chunk: number) =>
    `/api/v1/calls/${callId}/recording/${segment}/${chunk}`,
  /** The segment is whole. */
  callSoundEnd: (callId: string, segment: string) => `/api/v1/calls/${callId}/recording/${segment}/end`,
  /** The mail's own look, as a document for a frame; `?images=1` with pictures of the internet. */
  emailBody: (messageId: string) => `/api/v1/messages/${messageId}/body`,
  /** The mail as it came. */
  emailRaw: (messageId: string) => `/api/v1/messages/${messageId}/raw`,
  /** The table of a report as `?format=csv|xlsx`, with the query of the report. */
  report: '/api/v1/reports/export',
  /** A file for a provider to fetch, for as long as the token in it says. */
  publicFile: (token: string) => `/media/${token}`,
  /** Raw MIME in (`message/rfc822`), with `authorization: Bearer <MAIL_INLET_TOKEN>`. */
  mailInlet: (mailboxId: string) => `/api/v1/mailboxes/${mailboxId}/messages`,
} as const;

/** Of maps, not JSON of ours: a MapLibre style (`?theme=light|dark`), and the module that draws it. Paths are whole. */
export const mapRoutes = {
  style: '/api/v1/map/style',
  module: '/map/city-map.js',
} as const;
