import { buffer } from 'node:stream/consumers';
import type { Selectable } from 'kysely';
import { type Problem, problemPhrases } from '../contract/email-problems.ts';
import { fileRoutes } from '../contract/endpoints.ts';
import { AppError } from '../contract/errors.ts';
import type { EmailView } from '../contract/http.ts';
import type { EmailPart } from '../contract/message.ts';
import type { Db, Tables } from '../database/database.ts';
import type { FileStore } from '../files/file-store.ts';

type MessageRow = Selectable<Tables['message']>;
type EmailRow = Selectable<Tables['email']>;

/** More of a head than any reader looks at. */
const HEAD_BYTES = 256 * 1024;
const HEADERS = 1_000;

/** @throws AppError `not_found` for a message that is no mail */
export async function findEmail(db: Db, messageId: string): Promise<EmailRow> {
  const row = await db.selectFrom('email').selectAll().where('message_id', '=', messageId).executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return row;
}

/** A mail in full: what its message leaves out. */
export async function viewEmail(db: Db, files: FileStore, message: MessageRow): Promise<EmailView> {
  const email = await findEmail(db, message.id);
  const part = message.parts.find((one): one is EmailPart => one.type === 'email');
  return {
    subject: part?.subject ?? '',
    sentAt: email.sent_at?.toISOString() ?? null,
    text: email.full_text,
    html: email.html !== null,
    remoteImages: email.html?.match(/<img[^>]*\bdata-src=/gi)?.length ?? 0,
    headers: email.raw_key ? headersOf(await readRaw(files, email.raw_key)) : [],
    authentication: email.authentication,
    problems: email.problems.flatMap((code) => problemPhrases[code as Problem] ?? []),
    raw: email.raw_key !== null,
  };
}

/** @throws AppError `not_found` when its bytes are gone */
export async function readRaw(files: FileStore, key: string): Promise<Buffer> {
  const stream = await files.read(key).catch(() => {
    throw new AppError('not_found');
  });
  return buffer(stream);
}

/** As they stand, folds undone: what an engineer looks for is what was sent, not what we made of it. */
function headersOf(raw: Buffer): EmailView['headers'] {
  const text = raw.subarray(0, HEAD_BYTES).toString('utf8');
  const [head = ''] = text.replaceAll('\r\n', '\n').split(/\n\n/, 1);
  return head
    .replace(/\n[ \t]+/g, ' ')
    .split('\n', HEADERS)
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }] : [];
    });
}

/**
 * The mail's own look as a document of its own: pictures of the mail from our files, those of the internet only if
 * asked for. What it may do is said by `emailPolicy`, which goes with it.
 */
export function emailDocument(email: Pick<EmailRow, 'html' | 'inline_files'>, images: boolean): string {
  const own = (email.html ?? '').replace(/\bsrc="cid:([^"]*)"/g, (_, cid: string) => {
    const id = email.inline_files[decoded(cid)] ?? email.inline_files[cid];
    return id ? `src="${fileRoutes.download(id)}"` : 'alt=""';
  });
  const html = images ? own.replace(/(<img[^>]*)\bdata-src="/gi, '$1src="') : own;
  return `<!doctype html><html><head><meta charset="utf-8"><base target="_blank"><style>${LOOK}</style></head><body>${html}</body></html>`;
}

/** Mails are written for white paper; wide ones scroll inside their frame. */
const LOOK =
  'html{background:#fff;color:#1c1c1e}body{margin:0;padding:12px;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:0 0 0 .5em;padding-left:.8em;border-left:3px solid #ccc;color:#555}pre{white-space:pre-wrap}';

/** No script, no form, no frame, nothing from elsewhere but pictures that were asked for. */
export const emailPolicy = (images: boolean): string =>
  [
    "default-src 'none'",
    `img-src 'self' data:${images ? ' https: http:' : ''}`,
    "style-src 'unsafe-inline'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');

function decoded(cid: string): string {
  try {
    return decodeURIComponent(cid.replaceAll('&amp;', '&'));
  } catch {
    return cid;
  }
}
