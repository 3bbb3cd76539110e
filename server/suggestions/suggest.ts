import { isConsulted } from '../calls/calls-of-ticket.ts';
import type { AppContext } from '../context.ts';
import { AppError } from '../contract/errors.ts';
import type { Suggestions } from '../contract/suggestion.ts';
import type { Db } from '../database/database.ts';
import { type Actor, byFirstName, maySee } from '../operators/actor.ts';
import { reachOf } from '../operators/desk/reach.ts';
import { listCannedReplies } from '../settings/canned-replies.ts';
import { composeSuggestions } from './compose-suggestions.ts';
import { fittingCanned } from './fitting-canned.ts';
import { createTurnstile } from './turnstile.ts';
import { type Said, whatWasSaid } from './what-was-said.ts';

/** Residents come first: understanding for those who answer never takes more than this of the server. */
const AT_ONCE = 2;
const MARGIN_MS = 1_500;

const none: Suggestions = { seq: null, articles: [], reply: null };

type Parts = Pick<AppContext, 'database' | 'bot' | 'desk' | 'content' | 'city' | 'clock' | 'config'>;

/**
 * What helps to answer the last words of a contact, asked for by whoever has it on their screen: a contact that nobody
 * looks at costs nothing. Nothing is suggested to somebody who may be in danger.
 */
export function createSuggest(parts: Parts): (actor: Actor, ticketId: string) => Promise<Suggestions> {
  const turnstile = createTurnstile(AT_ONCE, parts.config.LLM_TIMEOUT_MS + MARGIN_MS);

  return async (actor, ticketId) => {
    const { db } = parts.database;
    const contact = await contactOf(db, ticketId);
    // Whoever is asked for advice on a call knows what it is about, whichever queue it came by.
    if (!maySee(actor, contact) && !(await isConsulted(db, actor.id, [ticketId]))) throw new AppError('not_found');
    const said = await whatWasSaid(db, ticketId, await reachOf(db, actor, contact.conversation_id));
    if (!said) return none;
    const found = await turnstile.pass(() => suggestionsFor(parts, actor, contact, said));
    return found ? { seq: said.seq, ...found } : none;
  };
}

type Contact = Awaited<ReturnType<typeof contactOf>>;

async function contactOf(db: Db, ticketId: string) {
  const row = await db
    .selectFrom('ticket as t')
    .innerJoin('conversation as c', 'c.id', 't.conversation_id')
    .innerJoin('citizen as p', 'p.id', 't.citizen_id')
    .select(['t.id', 't.number', 't.channel', 't.operator_id', 't.queue_id', 't.state', 't.protected'])
    .select(['t.conversation_id', 'c.locale', 'p.name as citizen_name'])
    .where('t.id', '=', ticketId)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return row;
}

async function suggestionsFor(
  { database, bot, desk, city, clock }: Parts,
  actor: Actor,
  contact: Contact,
  { said, before, open }: Said,
): Promise<Omit<Suggestions, 'seq'>> {
  const { channel, locale, citizen_name: citizenName } = contact;
  const hint = await bot.hint?.(
    {
      asker: { conversationId: contact.conversation_id, ticketId: contact.id },
      channel,
      locale,
      citizenName,
      before,
      said,
      mayAskModel: open && !contact.protected,
      now: clock.now(),
    },
    desk,
  );
  if (!hint || hint.danger) return { articles: [], reply: null };
  const titles = new Map(desk.catalogue(hint.locale).map(({ id, title }) => [id, title]));
  const articles = await Promise.all(
    hint.about.map(async ({ id }) => {
      const body = await desk.answer(id, hint.locale);
      return body === null ? [] : [{ id, title: titles.get(id) ?? id, body }];
    }),
  );
  const [first] = hint.about;
  const canned = await fittingCanned(
    bot,
    desk,
    first?.certainty === 'sure' ? first.id : undefined,
    await listCannedReplies(database.db),
    contact.queue_id,
  );
  const suggestions = composeSuggestions({
    hint,
    channel,
    articles: articles.flat(),
    canned,
    letter: (text) => desk.phrase('email.suggested', hint.locale, { text }),
    values: {
      'citizen.name': citizenName ?? '',
      'operator.name': byFirstName(actor).name ?? '',
      'city.name': city.name,
      'ticket.number': String(contact.number),
    },
  });
  return open ? suggestions : { ...suggestions, reply: null };
}
