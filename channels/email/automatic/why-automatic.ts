import { type Header, headerValue, headerValues } from '../decode/mend-head.ts';
import type { Automatic, Bounce } from '../decoded-email.ts';
import { isVacationSubject } from './vacation-subjects.ts';

/** Stands on every mail the city sends: one that comes back with it must not be answered. */
export const ownHeader = 'X-Linea-Ciudadana';

export interface AutomaticFinding {
  auto: Automatic;
  evidence: string;
}

export interface AutomaticInput {
  headers: Header[];
  subject: string;
  fromAddress: string | null;
  /** `report-type` of a multipart/report. */
  reportType: string | null;
  bounce: Bounce | null;
}

/**
 * Why no person waits for an answer to this mail, or null. By RFC 3834 and the headers programs use beside it; the
 * subject counts only where it is a notice's own wording.
 */
export function whyAutomatic(input: AutomaticInput): AutomaticFinding | null {
  const { headers, bounce, reportType } = input;
  if (headerValue(headers, ownHeader.toLowerCase()) !== null) return { auto: 'loop', evidence: ownHeader };
  if (bounce) return { auto: 'bounce', evidence: reportType ? `report-type=${reportType}` : 'text' };
  const list = listHeader(headers);
  const reply = replyHeader(headers, list !== null) ?? replyEvidence(input);
  if (reply) return { auto: 'auto-reply', evidence: reply };
  return list ? { auto: 'list', evidence: list } : null;
}

function listHeader(headers: Header[]): string | null {
  const named = ['list-id', 'list-post', 'list-unsubscribe', 'mailing-list', 'x-mailing-list'].find(
    (key) => headerValue(headers, key) !== null,
  );
  if (named) return named;
  const precedence = headerValue(headers, 'precedence') ?? '';
  return /^(?:list|bulk)\b/i.test(precedence) ? `precedence: ${precedence.slice(0, 40)}` : null;
}

/** Headers of those who answer by themselves. On a list some of them only ask others not to. */
function replyHeader(headers: Header[], onList: boolean): string | null {
  const said = headerValue(headers, 'auto-submitted');
  if (said !== null && !/^\s*no\b/i.test(said) && !(onList && /auto-generated/i.test(said))) {
    return `auto-submitted: ${said.slice(0, 40)}`;
  }
  const names = [
    'x-autoreply',
    'x-autorespond',
    'x-autoresponder',
    'x-auto-reply-from',
    'x-autoreply-from',
    'x-vacation',
  ];
  const named = names.find((key) => !/^(?:no|false)?$/i.test(headerValue(headers, key) ?? ''));
  if (named) return named;
  const precedence = [...headerValues(headers, 'precedence'), ...headerValues(headers, 'x-precedence')].join(' ');
  if (/\b(?:auto[_-]?reply|junk)\b/i.test(precedence)) return `precedence: ${precedence.slice(0, 40)}`;
  const suppress = headerValue(headers, 'x-auto-response-suppress') ?? '';
  return !onList && /\b(?:all|oof|autoreply)\b/i.test(suppress)
    ? `x-auto-response-suppress: ${suppress.slice(0, 40)}`
    : null;
}

function replyEvidence({ headers, subject, fromAddress, reportType }: AutomaticInput): string | null {
  if (reportType) return `report-type=${reportType}`;
  if (isVacationSubject(subject)) return 'subject';
  if (/^\s*<\s*>/.test(headerValue(headers, 'return-path') ?? '')) return 'return-path: <>';
  return /^(?:mailer-daemon|postmaster)@/i.test(fromAddress ?? '') ? 'from' : null;
}
