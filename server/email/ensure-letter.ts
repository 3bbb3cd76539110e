import type { AppContext } from '../context.ts';
import type { EmailPart } from '../contract/message.ts';
import { createPartWords } from '../conversations/part-words.ts';
import { answerDefaults } from './answer-defaults.ts';
import { envelopeOf, letterIds } from './mailboxes.ts';
import { storeOutgoing } from './store-letters.ts';

/**
 * The envelope of a message that was only said, by the bot or the system, who know nothing of mails: an answer to the
 * last mail of its conversation, quoting nothing. What the mail needs to leave is kept at the first try.
 */
export async function ensureLetter(
  { unitOfWork, city, desk }: Pick<AppContext, 'unitOfWork' | 'city' | 'desk'>,
  messageId: string,
): Promise<EmailPart> {
  return unitOfWork(async (unit) => {
    const row = await unit.tx
      .selectFrom('message as m')
      .innerJoin('conversation as c', 'c.id', 'm.conversation_id')
      // What is said about a case may belong to no contact: then it continues the last one.
      .innerJoinLateral(
        (select) =>
          select
            .selectFrom('ticket')
            .selectAll('ticket')
            .whereRef('ticket.conversation_id', '=', 'm.conversation_id')
            .orderBy(
              (order) => order('ticket.id', '=', order.ref('m.ticket_id')),
              (order) => order.desc().nullsLast(),
            )
            .orderBy('ticket.number', 'desc')
            .limit(1)
            .as('t'),
        (join) => join.onTrue(),
      )
      .select(['m.parts', 'm.conversation_id', 'm.author_type', 'c.locale', 't.number', 't.subject', 't.queue_id'])
      .where('m.id', '=', messageId)
      .forUpdate('m')
      .executeTakeFirstOrThrow();
    const { conversation_id: conversationId, number, subject, queue_id: queueId } = row;
    const defaults = await answerDefaults(unit.tx, city, { conversationId, number, subject, queueId }, '');
    const known = await unit.tx
      .selectFrom('email')
      .select('message_id')
      .where('message_id', '=', messageId)
      .executeTakeFirst();
    if (!known) {
      const words = createPartWords(city, desk);
      await storeOutgoing(unit, [
        {
          ...letterIds(messageId, defaults.mailbox),
          messageId,
          conversationId,
          mailbox: defaults.mailbox.id,
          references: defaults.answers?.references ?? [],
          text: row.parts
            .filter((part) => part.type !== 'media')
            .map((part) => words(part, row.locale))
            .join('\n\n'),
          signature: '',
          quotes: null,
          automatic: row.author_type !== 'operator',
          participants: [],
        },
      ]);
    }
    return envelopeOf(defaults.mailbox, { subject: defaults.subject, to: defaults.to, cc: [], bcc: [] });
  });
}
