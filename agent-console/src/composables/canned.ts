import type { CannedReply } from '../../../server/contract/http.ts';
import { plainText } from './plain-text.ts';

/** Canned replies that fit what was typed behind `/`: by shortcut first, then by title, then by text. */
export function matching(replies: CannedReply[], typed: string, queueId: string | null): CannedReply[] {
  const wanted = plainText(typed);
  const rank = (reply: CannedReply) => {
    if (plainText(reply.shortcut).startsWith(wanted)) return 0;
    if (plainText(`${reply.shortcut} ${reply.title}`).includes(wanted)) return 1;
    return plainText(reply.body).includes(wanted) ? 2 : 3;
  };
  return replies
    .filter((reply) => reply.queueId === null || reply.queueId === queueId)
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.reply.shortcut.localeCompare(b.reply.shortcut))
    .map((each) => each.reply);
}

/** The `/word` that ends at the caret, at the start of the text or behind a space; null when there is none. */
export function slashAt(text: string, caret: number): { from: number; typed: string } | null {
  const match = /(?:^|\s)\/([^\s/]*)$/.exec(text.slice(0, caret));
  if (!match) return null;
  const typed = match[1] ?? '';
  return { from: caret - typed.length - 1, typed };
}
