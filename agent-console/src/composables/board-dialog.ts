import type { BoardPerson, Surge } from '../../../server/contract/board.ts';

/** What is being done from the board. */
export type BoardDialog =
  | { kind: 'limits'; queueId: string }
  | { kind: 'move'; queueId: string }
  | { kind: 'announce'; draft: string }
  | { kind: 'incident'; surge: Surge }
  | { kind: 'person'; person: BoardPerson['operator'] };
