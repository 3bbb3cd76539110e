import type { MediaPart, Part } from '../contract/message.ts';
import { preview } from '../conversations/message-preview.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';

/** Changes the part that shows a file, also as it was before an edit, and the line that lists show of it. */
export async function changePart(
  unit: Unit,
  messageId: string,
  attachmentId: string,
  change: (part: MediaPart) => MediaPart,
): Promise<void> {
  const { tx } = unit;
  const message = await tx
    .selectFrom('message')
    .select(['conversation_id', 'ticket_id', 'seq', 'parts', 'marks'])
    .where('id', '=', messageId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const changed = (parts: readonly Part[]): Part[] =>
    parts.map((part) => (part.type === 'media' && part.attachmentId === attachmentId ? change(part) : part));
  const parts = changed(message.parts);
  const { before } = message.marks ?? {};
  await tx
    .updateTable('message')
    .set({ parts: json(parts), ...(before && { marks: json({ ...message.marks, before: changed(before) }) }) })
    .where('id', '=', messageId)
    .execute();
  unit.emit('message.changed', messageId);

  if (!message.ticket_id) return;
  const listed = await tx
    .updateTable('ticket')
    .set({ last_preview: preview(parts) })
    .where('id', '=', message.ticket_id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('message as later')
            .select('later.id')
            .where('later.conversation_id', '=', message.conversation_id)
            .where('later.seq', '>', message.seq)
            .where('later.author_type', '<>', 'system'),
        ),
      ),
    )
    .returning('id')
    .executeTakeFirst();
  if (listed) unit.emit('tickets.changed', [listed.id]);
}
