import type { Bot, Desk } from '../contract/bot.ts';
import type { CannedReply } from '../contract/http.ts';

/** By the text of a canned reply, for as long as the bot knows what it knows now. */
const known = new WeakMap<Desk['utterances'], Map<string, Promise<string | null>>>();

/** The first canned reply of the queue that the bot takes for the same as what was said; null when none is. */
export async function fittingCanned(
  bot: Bot,
  desk: Desk,
  about: string | undefined,
  replies: readonly CannedReply[],
  queueId: string | null,
): Promise<CannedReply | null> {
  if (about === undefined || !bot.about) return null;
  for (const reply of replies) {
    if (reply.queueId !== null && reply.queueId !== queueId) continue;
    if ((await meaningOf(bot, desk, reply)) === about) return reply;
  }
  return null;
}

function meaningOf(bot: Bot, desk: Desk, { title, body }: CannedReply): Promise<string | null> {
  const meanings = known.get(desk.utterances) ?? new Map<string, Promise<string | null>>();
  known.set(desk.utterances, meanings);
  const whole = `${title}. ${body.replace(/,? ?\{\{[^}]*\}\}/g, '')}`;
  const meaning = meanings.get(whole) ?? firstMeaning(bot, desk, [title, whole]);
  meanings.set(whole, meaning);
  return meaning;
}

/** What it is for is said best by how it is called: «Saludo» greets, whatever the greeting goes on to say. */
async function firstMeaning(bot: Bot, desk: Desk, texts: readonly string[]): Promise<string | null> {
  for (const text of texts) {
    const meaning = await Promise.resolve(bot.about?.(text, desk)).catch(() => null);
    if (meaning) return meaning;
  }
  return null;
}
