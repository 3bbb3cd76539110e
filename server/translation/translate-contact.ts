import type { Selectable } from 'kysely';
import { isConsulted } from '../calls/calls-of-ticket.ts';
import type { AppContext } from '../context.ts';
import { AppError } from '../contract/errors.ts';
import {
  type ConversationTranslations,
  DESK_LANGUAGE,
  type MessageTranslation,
  type Translator,
} from '../contract/translation.ts';
import { wordsOf } from '../conversations/words-of.ts';
import type { Db, Tables } from '../database/database.ts';
import { type Actor, maySee, mustHold } from '../operators/actor.ts';
import { reachOf } from '../operators/desk/reach.ts';
import { foreignLanguageOf } from './language-of-text.ts';

type Parts = Pick<AppContext, 'database' | 'city' | 'translator' | 'clock'>;
type TranslationRow = Selectable<Tables['message_translation']>;

/** By which the language of a contact is told: the citizen's newest words. */
const LOOKED_AT = 8;
const MOST_SHOWN = 500;

/** What of a contact is translated, and whether more can be. @throws AppError `not_found` */
export async function readTranslations(
  parts: Parts,
  actor: Actor,
  ticketId: string,
): Promise<ConversationTranslations> {
  const { db } = parts.database;
  const contact = await contactOf(db, actor, ticketId);
  const rows = await db
    .selectFrom('message_translation as t')
    .innerJoin('message as m', 'm.id', 't.message_id')
    .selectAll('t')
    .where('m.conversation_id', '=', contact.conversation_id)
    .where((where) => (contact.reach < Infinity ? where('m.seq', '<=', contact.reach) : where.lit(true)))
    .orderBy('m.seq', 'desc')
    .limit(MOST_SHOWN)
    .execute();
  return {
    may: mayTranslate(parts, contact),
    language: rows.find(({ language }) => language !== DESK_LANGUAGE)?.language ?? (await languageOf(db, contact)),
    translations: rows.map(present),
  };
}

/**
 * Puts messages into the language of the desk. Each is asked for once, and kept beside the message, which stays as it
 * came.
 * @throws AppError `not_found`, `translation_off`, `translation_protected`, `translation_failed`
 */
export async function translateMessages(
  parts: Parts,
  actor: Actor,
  ticketId: string,
  messageIds: readonly string[],
): Promise<ConversationTranslations> {
  const { db } = parts.database;
  const contact = await contactOf(db, actor, ticketId);
  const translator = mustTranslate(parts, contact);
  const messages = await db
    .selectFrom('message as m')
    .leftJoin('message_translation as t', 't.message_id', 'm.id')
    .select(['m.id', 'm.seq', 'm.parts'])
    .where('m.id', 'in', [...messageIds])
    .where('m.conversation_id', '=', contact.conversation_id)
    .where('t.message_id', 'is', null)
    .orderBy('m.seq')
    .execute();
  const untold = messages
    .filter(({ seq }) => seq <= contact.reach)
    .map(({ id, parts: said }) => ({ id, text: wordsOf(said) }))
    .filter(({ text }) => text.trim() !== '');
  if (untold.length > 0) {
    const translated = await translator.translate(
      untold.map(({ text }) => text),
      DESK_LANGUAGE,
    );
    if (!translated) throw new AppError('translation_failed');
    await db
      .insertInto('message_translation')
      .values(
        untold.map(({ id }, index) => ({
          message_id: id,
          language: translated.language,
          text: translated.texts[index] ?? '',
          origin: 'machine' as const,
          model: translator.model,
          at: parts.clock.now(),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return readTranslations(parts, actor, ticketId);
}

/**
 * What the holder wrote, in the citizen's language; nothing is kept or sent.
 * @throws AppError `not_found`, `not_holder`, `ticket_closed`, `translation_off`, `translation_protected`, `translation_failed`
 */
export async function translateReply(
  parts: Parts,
  actor: Actor,
  ticketId: string,
  { text, language }: { text: string; language: string },
): Promise<{ text: string; language: string }> {
  const contact = await contactOf(parts.database.db, actor, ticketId);
  mustHold(actor, contact);
  const translated = await mustTranslate(parts, contact).translate([text], language);
  const [said] = translated?.texts ?? [];
  if (said === undefined) throw new AppError('translation_failed');
  return { text: said, language };
}

type Contact = Awaited<ReturnType<typeof contactOf>>;

async function contactOf(db: Db, actor: Actor, ticketId: string) {
  const row = await db
    .selectFrom('ticket')
    .select(['conversation_id', 'operator_id', 'queue_id', 'state', 'protected'])
    .where('id', '=', ticketId)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found');
  // Whoever is asked for advice on a call knows what it is about, whichever queue it came by.
  if (!maySee(actor, row) && !(await isConsulted(db, actor.id, [ticketId]))) throw new AppError('not_found');
  return { ...row, reach: await reachOf(db, actor, row.conversation_id) };
}

function mayTranslate({ translator, city }: Parts, contact: Contact): ConversationTranslations['may'] {
  if (!translator) return 'off';
  return contact.protected && !city.translation.protected ? 'protected' : 'yes';
}

function mustTranslate(parts: Parts, contact: Contact): Translator {
  const may = mayTranslate(parts, contact);
  if (may === 'protected') throw new AppError('translation_protected');
  if (may === 'off' || !parts.translator) throw new AppError('translation_off');
  return parts.translator;
}

async function languageOf(db: Db, { conversation_id, reach }: Contact): Promise<string | null> {
  let query = db
    .selectFrom('message')
    .select('parts')
    .where('conversation_id', '=', conversation_id)
    .where('direction', '=', 'in')
    .orderBy('seq', 'desc')
    .limit(LOOKED_AT);
  if (reach < Infinity) query = query.where('seq', '<=', reach);
  const texts = (await query.execute()).map(({ parts }) => wordsOf(parts));
  return foreignLanguageOf(texts.join('\n'));
}

const present = (row: TranslationRow): MessageTranslation => ({
  messageId: row.message_id,
  language: row.language,
  text: row.text,
  origin: row.origin,
});
