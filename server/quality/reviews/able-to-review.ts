import { AppError } from '../../contract/errors.ts';
import type { Db } from '../../database/database.ts';
import { loadPeople, type Person } from '../../operators/load-people.ts';

/** Those who may score contacts; all, or those of `ids`. */
export async function ableToReview(db: Db, ids?: readonly string[]): Promise<Person[]> {
  const people = await loadPeople(db, ids);
  return people.filter(({ disabled, permissions }) => !disabled && permissions.includes('quality.review'));
}

/** @throws AppError `invalid_input` naming who may not review */
export async function mustReview(db: Db, ids: readonly string[]): Promise<void> {
  const able = new Set((await ableToReview(db, ids)).map(({ id }) => id));
  const unable = ids.filter((id) => !able.has(id));
  if (unable.length > 0) throw new AppError('invalid_input', { reviewerIds: unable });
}
