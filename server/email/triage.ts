import type { Selectable } from 'kysely';
import type { AppContext } from '../context.ts';
import type { BotOutcome } from '../contract/bot.ts';
import type { Author, Part } from '../contract/message.ts';
import { lockContact } from '../conversations/lock-contact.ts';
import { presentMessage } from '../conversations/present-message.ts';
import type { Tables } from '../database/database.ts';
import { learnTopic } from '../routing/learn-topic.ts';
import { dropOfferFor } from '../routing/offers.ts';
import { queueTicket } from '../routing/queue-ticket.ts';
import { wasAcknowledged } from './acknowledge.ts';

const bot: Author = { type: 'bot', id: null, name: null };
/** Operators read the city's first language. */
const OPERATORS = 'es';

/** Of a mail's text, in characters. */
const READ = { beginning: 800, end: 400 };

type Deps = Pick<AppContext, 'database' | 'unitOfWork' | 'clock' | 'bot' | 'desk' | 'say' | 'log'>;

/**
 * The bot reads a mail that begins a contact. People answer mails, so it says little: in danger, where help is, at
 * once, and whoever is next takes it before all others; to a question that the city has an answer to, that answer
 * while they wait; and to whoever opens it, what it is about. Reads a mail once, however often it is asked to.
 */
export async function triageMail(deps: Deps, messageId: string): Promise<void> {
  const { database, bot: reader, desk, clock, log } = deps;
  const mail = await database.db
    .selectFrom('message as m')
    .innerJoin('conversation as c', 'c.id', 'm.conversation_id')
    .innerJoin('ticket as t', 't.id', 'm.ticket_id')
    .innerJoin('citizen as p', 'p.id', 'c.citizen_id')
    .selectAll('m')
    .select(['c.locale', 'p.name as citizen_name', 't.id as ticket', 't.summary', 't.state'])
    .where('m.id', '=', messageId)
    .executeTakeFirst();
  if (!mail || mail.summary !== null || (mail.state !== 'waiting' && mail.state !== 'offered')) return;
  const { locale, citizen_name: citizenName, ticket: ticketId, summary: _, state: __, ...row } = mail;
  const message = presentMessage(row as Selectable<Tables['message']>);
  let outcome: BotOutcome;
  try {
    outcome = await reader.turn(
      {
        conversationId: message.conversationId,
        ticketId,
        channel: 'email',
        locale,
        citizenName,
        consent: null,
        messages: [{ ...message, parts: withSubject(message.parts) }],
        state: null,
        now: clock.now(),
      },
      desk,
    );
  } catch (error) {
    // It waits for a person as it would without being read.
    log.error({ err: error, ticketId }, 'the bot broke over a mail');
    return;
  }
  if (outcome.handOff?.reason === 'danger') return raise(deps, ticketId, messageId, outcome);
  return inform(deps, ticketId, messageId, outcome, locale);
}

/** The subject says as much as the text, and often more plainly. */
function withSubject(parts: readonly Part[]): Part[] {
  const subject = parts.find((part) => part.type === 'email')?.subject ?? '';
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  return [{ type: 'text', text: [subject, shortened(text)].filter(Boolean).join('\n') }];
}

/** What people write of themselves stands at the beginning or at the end; a book would keep everybody else waiting. */
function shortened(text: string): string {
  const { beginning, end } = READ;
  return text.length <= beginning + end ? text : `${text.slice(0, beginning)}\n${text.slice(-end)}`;
}

async function raise(deps: Deps, ticketId: string, messageId: string, { handOff, replies }: BotOutcome): Promise<void> {
  await deps.unitOfWork(async (unit) => {
    const { ticket, conversation } = await lockContact(unit, ticketId);
    if (!handOff || ticket.summary !== null || (ticket.state !== 'waiting' && ticket.state !== 'offered')) return;
    await dropOfferFor(unit, ticket.id);
    const waiting = await queueTicket(unit, ticket, {
      queueId: handOff.queueId,
      summary: handOff.summary,
      priority: handOff.priority,
      protected: handOff.protected,
      event: { type: 'requeued', actor: bot, data: { reason: 'danger' } },
    });
    if (!(await wasAcknowledged(unit, conversation.id))) return;
    await deps.say(unit, conversation, waiting, [
      { author: bot, parts: textsOf(replies), externalId: `triage:${messageId}` },
    ]);
  });
}

const textsOf = (replies: readonly Part[][]): Part[] => replies.flat().filter((part) => part.type === 'text');

async function inform(
  { unitOfWork, desk, say }: Deps,
  ticketId: string,
  messageId: string,
  { understood }: BotOutcome,
  locale: 'es' | 'en',
): Promise<void> {
  const entry = desk.catalogue(OPERATORS).find(({ id }) => id === understood?.id);
  if (!entry || entry.kind === 'action' || understood?.certainty !== 'sure') return;
  const article = entry.kind === 'topic' ? await desk.answer(entry.id, locale) : null;
  const key =
    entry.kind === 'service' ? 'summary.mail_reports' : article ? 'summary.mail_answered' : 'summary.mail_asks';
  await unitOfWork(async (unit) => {
    const { ticket, conversation } = await lockContact(unit, ticketId);
    if (ticket.summary !== null || ticket.state === 'closed') return;
    await unit.tx
      .updateTable('ticket')
      .set({
        summary: desk.phrase(key, OPERATORS, { title: entry.title }),
        version: ticket.version + 1,
        updated_at: unit.now,
      })
      .where('id', '=', ticketId)
      .execute();
    await learnTopic(unit, ticket, entry.id);
    unit.emit('tickets.changed', [ticketId]);
    if (!article || !(await wasAcknowledged(unit, conversation.id))) return;
    await say(unit, conversation, ticket, [
      {
        author: bot,
        parts: [{ type: 'text', text: desk.phrase('email.answer', locale, { article }) }],
        externalId: `triage:${messageId}`,
      },
    ]);
  });
}
