import type { BoardPerson } from '../../../server/contract/board.ts';

/** What is being done from the board. */
export type BoardDialog =
  | { kind: 'limits'; queueId: string }
  | { kind: 'move'; queueId: string }
  | { kind: 'announce'; draft: string }
  | { kind: 'person'; person: BoardPerson['operator'] };
