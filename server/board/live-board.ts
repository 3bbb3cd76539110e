import type { BoardAlert, BoardState } from '../contract/board.ts';
import { type BoardParts, createCount } from './count-board.ts';
import { type Drawn, drawState } from './draw-state.ts';
import { keepFor } from './keep-for.ts';

/** A little less than the second in which it is pushed, so that every push finds news. */
const NOW_MS = 900;

export interface LiveBoard {
  /**
   * The state of this moment, for people without the grant for what is protected and for those with it. Counted at most
   * once a second however many ask, and only when somebody asks.
   */
  current(): Promise<{ open: BoardState; granted: BoardState }>;
  /** Somebody changed limits, announcements or incidents: the next look shows it. */
  refresh(): void;
}

export function createLiveBoard(parts: BoardParts): LiveBoard {
  const count = createCount(parts);
  /** Since when each matter stands. */
  let since = new Map<string, string>();
  let kept = keepFor(NOW_MS, parts.clock, look);

  async function look() {
    const counted = await count();
    const open = drawState(counted, false);
    const granted = drawState(counted, true);
    const now = counted.now.toISOString();
    const ids = [...open.matters, ...granted.matters].map(({ id }) => id);
    since = new Map(ids.map((id) => [id, since.get(id) ?? now]));
    return { open: withTimes(open), granted: withTimes(granted) };
  }

  function withTimes({ state, matters }: Drawn): BoardState {
    const alerts = matters.map((matter): BoardAlert => ({ ...matter, since: since.get(matter.id) ?? '' }));
    return { ...state, alerts };
  }

  return {
    current: () => kept(),
    refresh() {
      kept = keepFor(NOW_MS, parts.clock, look);
    },
  };
}
