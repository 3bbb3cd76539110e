import type { Surge } from '../../contract/board.ts';

type Matter = Pick<Surge, 'topicId' | 'coloniaIds'>;

/** The same matter, though more people told of it meanwhile, or neighbours as well. No colonias: the whole city. */
export const isSame = (one: Matter, other: Matter): boolean =>
  one.topicId === other.topicId &&
  (one.coloniaIds.length === 0 ||
    other.coloniaIds.length === 0 ||
    one.coloniaIds.some((id) => other.coloniaIds.includes(id)));
