import type { Unit } from '../database/unit-of-work.ts';

/** What the operator wrote, beside the translation that was sent. */
export async function keepWritten(
  unit: Unit,
  messageId: string,
  written: { text: string; language: string },
): Promise<void> {
  await unit.tx
    .insertInto('message_translation')
    .values({
      message_id: messageId,
      language: written.language,
      text: written.text,
      origin: 'written',
      model: null,
      at: unit.now,
    })
    .execute();
}
