import type { Channel } from '../contract/channel.ts';
import { AppError } from '../contract/errors.ts';
import type { Message } from '../contract/message.ts';
import { presentMessage } from '../conversations/present-message.ts';
import type { Db } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import type { FileStore } from '../files/file-store.ts';
import { findEmail, readRaw } from './read-email.ts';

/**
 * Reads a stored mail again from how it came, with what this version understands. Its place in the conversation stays.
 * @throws AppError `not_found` for a mail of ours, or one that was not kept
 */
export async function decodeAgain(
  deps: { db: Db; files: FileStore; unitOfWork: UnitOfWork; channel: Channel<unknown> },
  messageId: string,
): Promise<Message> {
  const email = await findEmail(deps.db, messageId);
  if (!email.raw_key) throw new AppError('not_found');
  const raw = await readRaw(deps.files, email.raw_key);
  const [event] = await deps.channel.decode({ mailbox: email.mailbox, raw, again: true });
  if (event?.type !== 'message' || !event.letter) throw new AppError('not_found');
  const { letter, parts } = event;
  return deps.unitOfWork(async (unit) => {
    const row = await unit.tx
      .updateTable('message')
      .set({ parts: json(parts) })
      .where('id', '=', messageId)
      .returningAll()
      .executeTakeFirstOrThrow();
    await unit.tx
      .updateTable('email')
      .set({
        full_text: letter.fullText,
        html: letter.html,
        inline_files: json(letter.inlineFiles),
        authentication: letter.authentication && json(letter.authentication),
        problems: json(letter.problems),
      })
      .where('message_id', '=', messageId)
      .execute();
    const files = parts.flatMap((part) => (part.type === 'media' ? [part.attachmentId] : []));
    if (files.length > 0) {
      await unit.tx
        .updateTable('attachment')
        .set({ conversation_id: row.conversation_id })
        .where('id', 'in', files)
        .execute();
    }
    unit.emit('message.changed', messageId);
    return presentMessage(row);
  });
}
