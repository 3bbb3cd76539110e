import type { UnitOfWork } from '../database/unit-of-work.ts';

/** Promises again what should have been done before `before`: files to fetch, recordings to listen to. */
export async function promiseOverdue(unitOfWork: UnitOfWork, before: Date, most: number): Promise<void> {
  await unitOfWork(async (unit) => {
    const due = await unit.tx
      .selectFrom('media_fetch')
      .select(['attachment_id', 'step'])
      .where('next_at', '<', before)
      .orderBy('next_at')
      .limit(most)
      .execute();
    for (const { attachment_id: attachmentId, step } of due) unit.enqueue(`media.${step}`, { attachmentId });
  });
}
