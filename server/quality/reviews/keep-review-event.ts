import type { ReviewEventType } from '../../contract/quality-terms.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import type { ReviewEventData } from '../quality.entity.ts';

/** Consoles are to look again at what waits for their people. */
export const tellConsoles = (unit: Pick<Unit, 'emit'>): void => unit.emit('configuration.changed', 'quality');

/** Writes a line into the story of a review. */
export async function keepReviewEvent(
  unit: Unit,
  reviewId: string,
  type: ReviewEventType,
  actor: Pick<Actor, 'id' | 'name'> | null,
  data: ReviewEventData = {},
): Promise<void> {
  await unit.tx
    .insertInto('quality_event')
    .values({
      review_id: reviewId,
      type,
      at: unit.now,
      actor_id: actor?.id ?? null,
      actor_name: actor?.name ?? null,
      data: json(data),
    })
    .execute();
}
