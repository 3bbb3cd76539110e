import type { BoardState } from '../contract/board.ts';
import type { Counted } from './count-board.ts';
import { drawCells, drawLine, drawTotals } from './figures/draw-cells.ts';
import { findMatters, type Matter } from './find-alerts.ts';
import { incidentOf } from './incidents/read-incidents.ts';

export interface Drawn {
  state: Omit<BoardState, 'alerts'>;
  matters: Matter[];
}

/** What somebody sees, with the grant for what is protected or without. */
export function drawState(counted: Counted, granted: boolean): Drawn {
  const { now, rows, ofDay, queues, limits, openQueues, channels, surges, incidents, announced } = counted;
  const visible = <Row extends { protected: boolean }>(all: readonly Row[]) =>
    granted ? all : all.filter((row) => !row.protected);
  const state = {
    cells: drawCells(visible(rows), visible(ofDay.today)),
    queues: visible(queues).map(({ queueId, expectedWaitSeconds, operatorsAvailable }) => ({
      queueId,
      expectedWaitSeconds,
      operatorsAvailable,
    })),
    ...drawTotals(visible(ofDay.totals)),
    line: drawLine(visible(ofDay.line), ofDay.halfHours),
    oldestJobSeconds: ofDay.oldestJob,
    channels,
    limits: visible(limits).map(({ queueId, limits: own, usual }) => ({ queueId, limits: own, usual })),
    announcements: announced,
    incidents,
  };
  const matters = findMatters(
    {
      ...state,
      openQueues: new Set(openQueues),
      surges: surges.map(({ id, surge }) => ({ id, surge, incidentId: incidentOf(incidents, surge) })),
    },
    now.getTime(),
  );
  return { state, matters };
}
