/**
 * What Twilio finds wrong with a document, by its numbers: https://www.twilio.com/docs/api/errors
 * Of those it calls warnings it would go on with a default. Here each ends the document: they are mistakes in any case.
 */
const catalogue = {
  11100: 'Invalid URL format',
  11200: 'HTTP retrieval failure',
  11205: 'HTTP connection failure',
  11215: 'HTTP too many redirects',
  11750: 'TwiML response body too large',
  12100: 'Document parse failure',
  12102: 'The root element must be Response',
  12200: 'Schema validation warning',
  12300: 'Invalid Content-Type',
  13210: 'Dial: Invalid method value',
  13212: 'Dial: Invalid timeout value',
  13213: 'Dial: Invalid hangupOnStar value',
  13214: 'Dial: Invalid callerId value',
  13215: 'Dial: Invalid nested element',
  13216: 'Dial: Invalid timeLimit value',
  13217: 'Dial: Invalid record value',
  13221: 'Dial->Number: Invalid method value',
  13222: 'Dial->Number: Invalid sendDigits value',
  13223: 'Dial: Invalid phone number format',
  13230: 'Dial->Conference: Invalid muted value',
  13231: 'Dial->Conference: Invalid endConferenceOnExit value',
  13232: 'Dial->Conference: Invalid startConferenceOnEnter value',
  13233: 'Dial->Conference: Invalid waitUrl value',
  13234: 'Dial->Conference: Invalid waitMethod value',
  13235: 'Dial->Conference: Invalid beep value',
  13237: 'Dial->Conference: Invalid conference name',
  13238: 'Dial->Conference: Invalid verb for waitUrl TwiML',
  13240: 'Dial->Conference: Invalid whisper SID',
  13310: 'Gather: Invalid finishOnKey value',
  13312: 'Gather: Invalid method value',
  13313: 'Gather: Invalid timeout value',
  13314: 'Gather: Invalid numDigits value',
  13320: 'Gather: Invalid nested verb',
  13327: 'Gather: Invalid speechTimeout value',
  13328: 'Gather: Invalid maxSpeechTime value',
  13410: 'Play: Invalid loop value',
  13420: 'Play: Invalid Content-Type',
  13510: 'Say: Invalid loop value',
  13511: 'Say: Invalid voice value',
  13520: 'Say: Invalid text',
  13610: 'Record: Invalid method value',
  13611: 'Record: Invalid timeout value',
  13612: 'Record: Invalid maxLength value',
  13613: 'Record: Invalid finishOnKey value',
  13614: 'Record: Invalid transcribe value',
  13616: 'Record: playBeep must be true or false',
  13710: 'Redirect: Invalid method value',
  13910: 'Pause: Invalid length value',
  14201: 'Enqueue: Invalid method value',
  14202: 'Enqueue: Invalid waitUrl value',
  14203: 'Enqueue: Invalid action URL value',
  14204: 'Enqueue: Queue name too short',
  14205: 'Enqueue: Queue name too long',
  14206: 'Enqueue: Invalid waitUrlMethod value',
} as const;

export type TwimlCode = keyof typeof catalogue;

/** A document that Twilio cannot carry out as it stands. */
export class TwimlFault extends Error {
  readonly code: TwimlCode;
  readonly detail: string;

  constructor(code: TwimlCode, detail = '') {
    super(detail ? `${catalogue[code]}: ${detail}` : catalogue[code]);
    this.code = code;
    this.detail = detail;
  }
}
