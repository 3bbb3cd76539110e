import type { Failure } from '../world/message.ts';

/** Refusals by the numbers of Meta's platform, in its words. `{detail}` says which object or parameter. */
const catalogue = {
  badToken: [401, 190, 'Error validating access token: the session is invalid', 'OAuthException'],
  noObject: [
    400,
    100,
    "Unsupported request. Object with ID '{detail}' does not exist, cannot be loaded due to missing permissions, or does not support this operation",
    'GraphMethodException',
    33,
  ],
  invalid: [400, 100, '(#100) Invalid parameter: {detail}', 'OAuthException'],
  missing: [400, 131008, '(#131008) Required parameter is missing: {detail}', 'OAuthException'],
  wrongValue: [400, 131009, '(#131009) Parameter value is not valid: {detail}', 'OAuthException'],
  wrongType: [400, 131051, '(#131051) Unsupported message type: {detail}', 'OAuthException'],
  noTemplate: [404, 132001, '(#132001) Template name does not exist in the translation: {detail}', 'OAuthException'],
  wrongVariables: [
    400,
    132000,
    '(#132000) Number of parameters does not match the expected number of params: {detail}',
    'OAuthException',
  ],
  tooMany: [429, 130429, '(#130429) Rate limit hit', 'OAuthException'],
  pageTooMany: [429, 613, '(#613) Calls to this API have exceeded the rate limit.', 'OAuthException'],
  down: [500, 2, 'An unexpected error has occurred. Please retry your request later.', 'OAuthException'],
  stoppedMarketing: [
    400,
    131050,
    '(#131050) User has opted out of marketing messages from this business',
    'OAuthException',
  ],
  noSuchPerson: [400, 100, '(#100) No matching user found', 'OAuthException', 2018001],
  outsideWindow: [400, 10, '(#10) This message is sent outside of allowed window.', 'OAuthException', 2018278],
  unavailable: [400, 551, "(#551) This person isn't available right now.", 'OAuthException', 1545041],
} as const satisfies Record<string, readonly [number, number, string, string, number?]>;

export type GraphRefusal = keyof typeof catalogue;

/** A request that Meta's Graph API refuses. */
export class GraphError extends Error {
  readonly refusal: GraphRefusal;
  readonly status: number;

  constructor(refusal: GraphRefusal, detail = '') {
    super(catalogue[refusal][2].replace('{detail}', detail));
    this.refusal = refusal;
    this.status = catalogue[refusal][0];
  }

  /** @param traceId what Meta's support asks for */
  toAnswer(traceId: string) {
    const [, code, , type, subcode] = catalogue[this.refusal] as readonly [number, number, string, string, number?];
    return {
      error: {
        message: this.message,
        type,
        code,
        ...(subcode ? { error_subcode: subcode } : {}),
        ...(code > 130_000 ? { error_data: { messaging_product: 'whatsapp', details: this.message } } : {}),
        ...(code === 2 ? { is_transient: true } : {}),
        fbtrace_id: traceId,
      },
    };
  }
}

/** What becomes of WhatsApp messages that were accepted. */
export const whatsAppFailures = {
  windowClosed: {
    code: 131047,
    title: 'Re-engagement message',
    details:
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  },
  undeliverable: { code: 131026, title: 'Message undeliverable', details: 'Message Undeliverable.' },
  media: {
    code: 131053,
    title: 'Media upload error',
    details: 'The media could not be fetched, or is of a kind that WhatsApp does not carry.',
  },
  optedOut: {
    code: 131050,
    title: 'User has stopped marketing messages',
    details: 'The person asked for no more of them.',
  },
} as const satisfies Record<string, Failure>;
