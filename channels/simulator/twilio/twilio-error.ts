import type { Failure } from '../world/message.ts';

/** Refusals and failures by Twilio's numbers, in its words: https://www.twilio.com/docs/api/errors */
const catalogue = {
  13223: [400, 'Invalid phone number format: {detail}'],
  13224: [400, 'Invalid phone number: {detail}'],
  13240: [400, 'Invalid CallSidToCoach: {detail}'],
  20001: [400, 'Unknown or invalid parameter: {detail}'],
  20003: [401, 'Authenticate'],
  20404: [404, 'The requested resource {detail} was not found'],
  20429: [429, 'Too Many Requests'],
  20500: [500, 'An internal server error has occurred'],
  20503: [503, 'Service Unavailable'],
  21201: [400, "No 'To' number is specified"],
  21205: [400, 'Url is not a valid URL: {detail}'],
  21206: [400, 'Invalid SendDigits: {detail}'],
  21208: [400, 'Invalid Timeout: {detail}'],
  21210: [400, 'Source phone number provided, {detail}, is not yet verified for your account.'],
  21211: [400, "Invalid 'To' Phone Number: {detail}"],
  21212: [400, "Invalid 'From' Phone Number: {detail}"],
  21213: [400, "'From' phone number is required"],
  21218: [400, 'Invalid ApplicationSid: {detail}'],
  21220: [400, 'Call is not in-progress. Cannot redirect.'],
  21266: [400, "'To' and 'From' number cannot be the same: {detail}"],
  21603: [400, "A 'From' phone number is required to send a message."],
  21604: [400, "A 'To' phone number is required."],
  21606: [400, "The 'From' phone number {detail} is not a valid message-capable Twilio phone number for this account."],
  21609: [400, "The 'StatusCallback' URL {detail} is not a valid URL."],
  21610: [400, 'Attempt to send to unsubscribed recipient'],
  21617: [400, 'The concatenated message body exceeds the 1600 character limit'],
  21619: [400, 'A text message body or media urls must be specified.'],
  21620: [400, 'Invalid media URL(s): {detail}'],
  21623: [400, 'Number of media files exceeds allowed limit'],
  21655: [400, 'The ContentSid is Invalid'],
  21656: [400, 'The ContentVariables Parameter is invalid'],
  21701: [400, 'The Messaging Service does not exist: {detail}'],
  21910: [400, "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel"],
  63007: [400, 'Twilio could not find a Channel with the specified From address'],
} as const satisfies Record<number, readonly [status: number, message: string]>;

export type TwilioErrorCode = keyof typeof catalogue;

/** A request that Twilio refuses. */
export class TwilioError extends Error {
  readonly code: TwilioErrorCode;
  readonly status: number;

  constructor(code: TwilioErrorCode, detail = '') {
    const [status, message] = catalogue[code];
    super(message.replace('{detail}', detail));
    this.code = code;
    this.status = status;
  }

  toJSON() {
    const { code, message, status } = this;
    return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  }
}

/** What becomes of messages that were accepted. */
export const twilioFailures = {
  unsupportedMedia: { code: 12300, title: 'Invalid Content-Type', details: 'Twilio cannot process this kind of media' },
  unreachableMedia: { code: 11200, title: 'HTTP retrieval failure', details: 'The media could not be fetched' },
  unreachable: { code: 30003, title: 'Unreachable destination handset', details: 'The handset is off or unknown' },
  blocked: { code: 30004, title: 'Message blocked', details: 'The person receives no messages of this number' },
  mediaFailed: { code: 63019, title: 'Media failed to download', details: 'WhatsApp could not fetch the media' },
  windowClosed: {
    code: 63016,
    title: 'Failed to send freeform message because you are outside the allowed window',
    details: 'If you are using WhatsApp, please use a Message Template.',
  },
  noWhatsApp: { code: 63024, title: 'Invalid message recipient', details: 'The number is not on WhatsApp' },
} as const satisfies Record<string, Failure>;
