import type { BoardCell, DayLine, Tally } from '../../contract/board.ts';
import { addTallies, noTally, serviceLevel } from '../../contract/board-figures.ts';
import type { DayRow, TotalsRow } from './count-day.ts';
import type { NowRow, TodayRow } from './count-now.ts';

const tallyOf = ({ answered, inTime, abandoned, abandonedLate, waitingLate }: Tally): Tally => ({
  answered,
  inTime,
  abandoned,
  abandonedLate,
  waitingLate,
});

/** One cell a queue and channel in which anything was today. */
export function drawCells(now: readonly NowRow[], today: readonly TodayRow[]): BoardCell[] {
  const cells = new Map<string, BoardCell>();
  const cellOf = ({ queue_id: queueId, channel }: Pick<NowRow, 'queue_id' | 'channel'>): BoardCell => {
    const key = `${queueId} ${channel}`;
    const known = cells.get(key) ?? {
      queueId,
      channel,
      waiting: 0,
      oldestSince: null,
      inConversation: 0,
      recent: noTally,
      today: noTally,
    };
    cells.set(key, known);
    return known;
  };
  for (const row of now) {
    const cell = cellOf(row);
    const since = row.oldest_since?.toISOString() ?? null;
    cell.waiting += row.waiting;
    cell.inConversation += row.in_conversation;
    if (since && (cell.oldestSince === null || since < cell.oldestSince)) cell.oldestSince = since;
    cell.recent = addTallies(cell.recent, tallyOf(row));
  }
  for (const row of today) {
    const cell = cellOf(row);
    cell.today = addTallies(cell.today, tallyOf(row));
  }
  return [...cells.values()].sort((a, b) => a.queueId.localeCompare(b.queueId) || a.channel.localeCompare(b.channel));
}

/** Every half hour from midnight to the running one. */
export function drawLine(rows: readonly DayRow[], halfHours: number): DayLine {
  const spans = Array.from({ length: halfHours }, (_, halfHour) => rows.filter((row) => row.half_hour === halfHour));
  const total = (of: readonly DayRow[], pick: (row: DayRow) => number) => of.reduce((all, row) => all + pick(row), 0);
  return {
    opened: spans.map((of) => total(of, (row) => row.opened)),
    answered: spans.map((of) => total(of, (row) => row.answered)),
    abandoned: spans.map((of) => total(of, (row) => row.abandoned)),
    serviceLevel: spans.map((of) =>
      serviceLevel({
        ...noTally,
        answered: total(of, (row) => row.answered),
        inTime: total(of, (row) => row.in_time),
        abandonedLate: total(of, (row) => row.abandoned_late),
      }),
    ),
  };
}

export function drawTotals(rows: readonly TotalsRow[]) {
  const total = (pick: (row: TotalsRow) => number) => rows.reduce((all, row) => all + pick(row), 0);
  const rated = total((row) => row.rated);
  return {
    contacts: {
      opened: total((row) => row.opened),
      closed: total((row) => row.closed),
      rating: rated === 0 ? null : Math.round((total((row) => row.stars) / rated) * 10) / 10,
    },
    bot: { begun: total((row) => row.begun), contained: total((row) => row.contained) },
  };
}
