import { decodeCharset } from '../decode/charset.ts';
import { type Header, headerValue } from '../decode/mend-head.ts';
import type { Leaf } from '../decode/read-leaves.ts';
import type { Bounce } from '../decoded-email.ts';
import { messageIds } from '../threading/thread-keys.ts';
import { bounceReason } from './bounce-reasons.ts';

export interface BounceInput {
  headers: Header[];
  subject: string;
  fromAddress: string | null;
  reportType: string | null;
  leaves: Leaf[];
  text: string;
}

const daemon =
  /^(?:mailer-daemon|mailer_daemon|mailerdaemon|postmaster|mail-daemon|microsoftexchange[0-9a-f]+|mdaemon)@/i;
const failureSubject =
  /undeliver|unzustellbar|returned mail|mail delivery (?:failed|failure|system|subsystem)|delivery (?:status notification|failure|has failed|incomplete|delayed)|failure notice|message (?:could not be delivered|not delivered)|could not send message|no se (?:ha )?(?:pudo|puede) entregar|no entregado|no se puede entregar|notificaci[óo]n de (?:estado de )?entrega|error de entrega|échec de (?:la )?remise|non remis|devolvid|n[ãa]o entregue|mancato recapito|onbestelbaar|niedostarcz|недостав/i;
const failureText =
  /this is the (?:qmail-send program|mail (?:system|delivery (?:agent|system)))|was created automatically by mail delivery software|delivery (?:to the following recipients? (?:failed|has been delayed)|has failed to these recipients)|could not be delivered|wasn't delivered to|no se (?:ha )?(?:pudo|puede) entregar|tu mensaje no se entreg[óo]|el mensaje no se (?:ha entregado|entreg[óo])|address not found|no se encontr[óo] la direcci[óo]n|generating server|servidor de generaci[óo]n|undelivered mail|unable to deliver|delivery attempts? failed|permanent (?:fatal )?errors?/i;
const emailAddress = /[^\s<>()[\]@,;:"']{1,64}@[\w.-]{1,253}\w/;

/**
 * What a delivery report says: RFC 3464 where the server keeps to it, else the usual texts of qmail, Exim, Exchange,
 * Gmail and others. Null when it is no such report.
 */
export function readBounce(input: BounceInput): Bounce | null {
  const status = input.leaves.find(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type));
  if (!status && !looksLikeBounce(input)) return null;
  const report = status ? statusFields(decodeCharset(status.content.subarray(0, 256 * 1024), 'utf-8').text) : new Map();
  const said = input.text.slice(0, 20_000);
  const diagnostic = report.get('diagnostic-code')?.replace(/^[\w-]+;\s*/, '') ?? diagnosticIn(said);
  const code = enhanced(report.get('status')) ?? enhanced(diagnostic) ?? enhanced(said);
  const action = actionOf(report.get('action'), input, code);
  const recipient = report.get('final-recipient') ?? report.get('original-recipient') ?? recipientIn(input, said);
  return {
    recipient: emailAddress.exec(recipient ?? '')?.[0] ?? null,
    action,
    status: code,
    permanent: action === 'failed' && !code?.startsWith('4'),
    reason: bounceReason(code, diagnostic ?? said, action === 'delayed'),
    diagnostic: diagnostic?.replace(/\s+/g, ' ').trim().slice(0, 1_000) ?? null,
    originalMessageId: originalId(input),
  };
}

function looksLikeBounce({ headers, subject, fromAddress, reportType, text }: BounceInput): boolean {
  if (reportType === 'delivery-status' || headerValue(headers, 'x-failed-recipients') !== null) return true;
  const nobody = /^\s*<\s*>/.test(headerValue(headers, 'return-path') ?? '');
  if (!daemon.test(fromAddress ?? '') && !nobody) return false;
  return failureSubject.test(subject) || failureText.test(text.slice(0, 5_000));
}

/** The fields of the first recipient that failed, over those of the message. */
function statusFields(text: string): Map<string, string> {
  const groups = text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map(fieldsOf);
  const recipients = groups.filter((group) => group.has('final-recipient') || group.has('action'));
  const failed = recipients.find((group) => /^failed/i.test(group.get('action') ?? '')) ?? recipients[0];
  return new Map([...(groups[0] ?? []), ...(failed ?? [])]);
}

function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name = '', value = ''] = /^([\w-]{1,60})\s*:\s*(.*)$/.exec(line) ?? [];
    if (name && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;

function actionOf(written: string | undefined, { subject }: BounceInput, code: string | null): Bounce['action'] {
  const named = actions.find((action) => written?.toLowerCase().startsWith(action));
  if (named) return named;
  return code?.startsWith('4') || /delay|demora|retras|incomplete/i.test(subject) ? 'delayed' : 'failed';
}

function enhanced(text: string | null | undefined): string | null {
  return /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text ?? '')?.[1] ?? null;
}

/** The line in which the other server is quoted. */
function diagnosticIn(text: string): string | null {
  const quoted =
    /(?:remote (?:host|server) (?:said|returned)[^:]{0,80}:|the response (?:from the remote server )?was:|la respuesta (?:del servidor remoto )?fue:)\s*([^\n]+(?:\n(?!\n)[^\n]+)?)/i.exec(
      text,
    );
  return quoted?.[1] ?? /^.*(?<!\d)[45]\d\d[ -](?:#?\d\.\d{1,3}\.\d{1,3}\b)?.{5,300}$/m.exec(text)?.[0]?.trim() ?? null;
}

function recipientIn({ headers }: BounceInput, text: string): string | null {
  const named = headerValue(headers, 'x-failed-recipients');
  if (named) return named;
  const marked = /^\s*<?([^\s<>()[\]@,;:"']{1,64}@[\w.-]{1,253}\w)>?\s*:/m.exec(text);
  return marked?.[1] ?? emailAddress.exec(text)?.[0] ?? null;
}

/** The Message-ID of the mail that came back: from the copy of it that a report carries, or from the text. */
function originalId({ leaves, headers, text }: BounceInput): string | null {
  const copies = leaves.filter(({ type }) =>
    /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/rfc822-headers)/.test(type),
  );
  const heads = [
    ...copies.map(({ content }) => content.subarray(0, 64 * 1024).toString('latin1')),
    text.slice(0, 200_000),
  ];
  for (const head of heads) {
    const found = /^[> \t]*message-id:\s*(<[^<>]{1,255}>)/im.exec(head.replace(/\r?\n[ \t]+/g, ' '))?.[1];
    if (found) return found;
  }
  const answered = [
    ...messageIds(headerValue(headers, 'in-reply-to')),
    ...messageIds(headerValue(headers, 'references')),
  ];
  return answered[0] ?? null;
}
