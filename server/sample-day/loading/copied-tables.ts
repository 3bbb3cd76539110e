/** A table whose rows come with a sample day. */
export interface CopiedTable {
  name: string;
  /** A number that each installation gives itself. */
  numbered?: string;
  /** What counts as a beginning: other rows are found from these when the day is taken away. */
  root?: true;
  /** Columns that name an account of the city. */
  account?: string;
}

/** In an order in which each finds what it refers to. */
export const copiedTables: readonly CopiedTable[] = [
  { name: 'operator', root: true },
  { name: 'citizen', root: true },
  { name: 'identity' },
  { name: 'conversation', root: true, account: 'channel_account_id' },
  { name: 'ticket', root: true, numbered: 'number' },
  { name: 'message', account: 'channel_account_id' },
  { name: 'message_piece', account: 'channel_account_id' },
  { name: 'email' },
  { name: 'email_participant' },
  { name: 'call', root: true, account: 'channel_account_id' },
  { name: 'call_leg' },
  { name: 'call_fact', numbered: 'id' },
  { name: 'offer' },
  { name: 'service_case', root: true },
  { name: 'case_follower' },
  { name: 'case_event', numbered: 'id' },
  { name: 'bot_turn' },
  { name: 'case_ticket' },
  { name: 'ticket_event', numbered: 'id' },
  { name: 'presence_event', numbered: 'id' },
];

/** What the program makes of those by itself, after each change of them. */
export const derivedTables = [
  'contact_fact',
  'contact_stale',
  'contact_stretch',
  'search_due',
  'search_entry',
] as const;

/**
 * What a sample day leaves alone: the installation's own settings and people, what leads outside, files (a day has
 * none), and what its machinery works off.
 */
export const leftTables = [
  'address_alias',
  'announcement',
  'api_key',
  'article_version',
  'attachment',
  'audit_log',
  'auth_account',
  'auth_session',
  'auth_two_factor',
  'auth_verification',
  'botframework_reference',
  'broadcast',
  'broadcast_recipient',
  'bulk_action',
  'call_recording',
  'callback',
  'canned_reply',
  'case_attachment',
  'channel_account',
  'chat_link',
  'citizen_merge',
  'citizen_warning',
  'early_report',
  'email_address',
  'email_reference',
  'email_token',
  'folio_counter',
  'incident',
  'incident_case',
  'incident_ticket',
  'invitation',
  'learning_trial',
  'macro',
  'mailbox',
  'media_fetch',
  'message_change',
  'migration',
  'operator_skill',
  'outbox',
  'presence',
  'queue',
  'queue_limit',
  'queue_operator',
  'raw_input',
  'receipt',
  'sample_day',
  'sample_row',
  'saved_view',
  'setting',
  'utterance',
  'waiting_move',
  'webhook_delivery',
  'webhook_endpoint',
] as const;
