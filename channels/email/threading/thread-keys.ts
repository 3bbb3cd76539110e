import type { ThreadKeys } from '../decoded-email.ts';

const longest = 255;
const most = 100;

/**
 * Message-IDs in the order in which they stand, each once, with their brackets. Folding, comments and garbage between
 * them fall away; ids that no program would write (over 255 characters, without a sense) are left out. Of an overlong
 * list the first one and the last ninety-nine remain: the root and the nearest.
 */
export function messageIds(value: string | null): string[] {
  if (!value) return [];
  const text = value.slice(0, 64 * 1024);
  const bracketed = [...text.matchAll(/<([^<>]*)>/g)].map(([, id = '']) => id);
  const found = bracketed.length > 0 ? bracketed : text.split(/[\s,;]+/).filter((word) => word.includes('@'));
  const ids = found
    .map((id) => id.replace(/[\s\u0000-\u001f]+/g, ''))
    .filter((id) => id.length > 0 && id.length <= longest)
    .map((id) => `<${id}>`);
  // «Mensaje de Ana del <3 de noviembre>»: an id has an at-sign, and only where none has may it lack it.
  const real = ids.some((id) => id.includes('@')) ? ids.filter((id) => id.includes('@')) : ids;
  const unique = [...new Set(real)];
  return unique.length <= most ? unique : [...unique.slice(0, 1), ...unique.slice(1 - most)];
}

export interface ThreadInput {
  inReplyTo: string[];
  references: string[];
  /** Every address the mail was sent to, by its headers and by its envelope. */
  recipients: string[];
  subject: string;
}

/** Everything by which a mail may belong to a conversation, best evidence first. Judging it is the server's. */
export function threadKeys({ inReplyTo, references, recipients, subject }: ThreadInput): ThreadKeys {
  return {
    answers: [...new Set([...inReplyTo, ...references.toReversed()])].slice(0, most),
    plusTags: plusTags(recipients),
    subjectTag: /\[#(\d{1,12})\]/.exec(subject)?.[1] ?? null,
    subject: bareSubject(subject),
  };
}

function plusTags(recipients: string[]): ThreadKeys['plusTags'] {
  const found = recipients.flatMap((recipient) => {
    const [, local, tag, domain] = /^([^+@\s]{1,64})\+([\w.-]{1,100})@([^@\s]{1,253})$/.exec(recipient) ?? [];
    return local && tag && domain ? [{ address: `${local}@${domain}`.toLowerCase(), tag }] : [];
  });
  return found.filter(({ tag }, at) => found.findIndex((other) => other.tag === tag) === at).slice(0, 20);
}

/** Reply and forward marks of mail programs in the languages they speak. */
const mark =
  /^(?:re|r|rif|rv|res|resp|aw|antw|antwort|sv|vs|ref|réf|rép|odp|fwd?|fw|enc|tr|wg|i|vb|vl|pd|doorst|ynt|ilt|отв|回复|回覆|答复|转发|轉寄|返信|転送|답장)(?:\s*(?:\[\d+\]|\(\d+\)))?\s*[:：]\s*/iu;

/** A subject without tag and without reply and forward marks. */
export function bareSubject(subject: string): string {
  let bare = subject.replace(/\[#\d{1,12}\]/g, ' ').trim();
  for (let times = 0; times < 20 && mark.test(bare); times++) bare = bare.replace(mark, '');
  return bare.replace(/\s+/g, ' ').trim();
}

/** Whether the sender passes on somebody else's mail, by the mark that their program put before the subject. */
export function isForwardSubject(subject: string): boolean {
  return /^\s*(?:\[[^\]]{0,40}\]\s*)?(?:fwd?|fw|rv|enc|tr|wg|i|vb|pd|doorst|ynt|ilt|转发|轉寄|転送)\s*[:：]/iu.test(
    subject,
  );
}
