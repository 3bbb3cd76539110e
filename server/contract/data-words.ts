// Free of schemas, so that a browser can load it alone.

/** Kinds of data that have a term of their own. Figures and folios belong to none: they stay. */
export const retentionClasses = [
  'messages',
  'attachments',
  'recordings',
  'voicemail',
  'transcripts',
  'raw_inputs',
  'bot_turns',
  'cases',
  'protected',
  'addresses',
  'presence',
  'webhooks',
  'audit',
] as const;
export type RetentionClass = (typeof retentionClasses)[number];

/** Shorter would take what is still being worked with. */
export const LEAST_DAYS = 7;
/** Thirty years. */
export const MOST_DAYS = 10_950;

/** What a person may ask of the city about their data. Rectification is done where the data are shown. */
export const subjectRequestKinds = ['access', 'cancellation', 'opposition'] as const;
export type SubjectRequestKind = (typeof subjectRequestKinds)[number];

/** Access: preparing → ready → expired. The others: awaiting a second person → grace → erasing → done. */
export const subjectRequestStates = [
  'preparing',
  'ready',
  'expired',
  'awaiting',
  'grace',
  'erasing',
  'done',
  'withdrawn',
] as const;
export type SubjectRequestState = (typeof subjectRequestStates)[number];

/** Days within which an erasure that was confirmed can still be taken back. */
export const GRACE_DAYS = 3;
/** Days for which an export can be downloaded. */
export const EXPORT_DAYS = 7;
/** Working days that the law gives for an answer. */
export const ANSWER_WORKING_DAYS = 20;

// ── What comes from other systems ────────────────────────────────────────────────────────────────────────────────

export const importKinds = ['citizens', 'cases'] as const;

/** What a column of the file may be. */
export const importFields = {
  citizens: ['externalId', 'name', 'phone', 'email', 'curp', 'about', 'locale'],
  cases: [
    'externalId',
    'service',
    'department',
    'status',
    'description',
    'openedAt',
    'closedAt',
    'address',
    'colonia',
    'latitude',
    'longitude',
    'reference',
    'citizenExternalId',
    'citizenName',
    'citizenPhone',
    'citizenEmail',
  ],
} as const;
export type ImportKind = (typeof importKinds)[number];
export type ImportField = (typeof importFields)[ImportKind][number];

/** Without these a row says nothing. */
export const neededFields: Record<ImportKind, readonly ImportField[]> = {
  citizens: ['externalId', 'name'],
  cases: ['externalId', 'service', 'description', 'openedAt'],
};
