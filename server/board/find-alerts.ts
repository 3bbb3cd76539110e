import {
  type BoardAlert,
  type BoardCell,
  type BoardState,
  type ChannelStanding,
  type LimitsOfQueue,
  type Surge,
  watchedFigures,
} from '../contract/board.ts';
import { judge, sumCells, watchedValue } from '../contract/board-figures.ts';

/** Work that waits longer than this is not being done. */
const OLDEST_JOB_SECONDS = 60;

type Told<Alert> = Alert extends BoardAlert ? Omit<Alert, 'since'> : never;
/** What is to be done, before it is known since when. */
export type Matter = Told<BoardAlert>;

export interface Standing {
  cells: readonly BoardCell[];
  queues: BoardState['queues'];
  limits: readonly LimitsOfQueue[];
  /** Queues that serve at this moment. */
  openQueues: ReadonlySet<string>;
  surges: readonly { id: string; surge: Surge; incidentId: string | null }[];
  channels: readonly ChannelStanding[];
  oldestJobSeconds: number;
}

/** What somebody should do something about, the worst first. */
export function findMatters(standing: Standing, now: number): Matter[] {
  const matters: Matter[] = [
    ...surgeMatters(standing),
    ...nobodyMatters(standing),
    ...limitMatters(standing, now),
    ...channelMatters(standing),
    ...jobMatters(standing),
  ];
  return matters.sort((one, other) => Number(one.severity !== 'alarm') - Number(other.severity !== 'alarm'));
}

/** One that somebody has made an incident of is in hand: it stays to be seen, and is quiet. */
const surgeMatters = ({ surges }: Standing): Matter[] =>
  surges.map(({ id, surge, incidentId }) => ({
    id,
    kind: 'surge',
    severity: incidentId ? 'warning' : 'alarm',
    ring: incidentId === null,
    notify: incidentId === null,
    surge,
    incidentId,
  }));

/** People wait in an open queue, and nobody is there to take them. */
const nobodyMatters = ({ cells, queues, limits, openQueues }: Standing): Matter[] =>
  queues.flatMap(({ queueId, operatorsAvailable }): Matter[] => {
    const { waiting } = sumCells(cells.filter((cell) => cell.queueId === queueId));
    if (waiting === 0 || operatorsAvailable > 0 || !openQueues.has(queueId)) return [];
    const own = limits.find((each) => each.queueId === queueId)?.limits;
    const sound = { ring: own?.ring ?? false, notify: own?.notify ?? false };
    return [{ id: `nobody:${queueId}`, kind: 'nobody', severity: 'alarm', queueId, waiting, ...sound }];
  });

const limitMatters = ({ cells, limits, openQueues }: Standing, now: number): Matter[] =>
  limits.flatMap(({ queueId, limits: own }) => {
    // Who waits for a closed queue waits for its opening: nobody can do anything about it now.
    if (!openQueues.has(queueId)) return [];
    const sum = sumCells(cells.filter((cell) => cell.queueId === queueId));
    return watchedFigures.flatMap((figure): Matter[] => {
      const value = watchedValue(figure, sum, now);
      const severity = judge(figure, value, own);
      const limit = own[figure];
      if (severity === 'calm' || value === null || !limit) return [];
      const loud = severity === 'alarm';
      return [
        {
          id: `limit:${queueId}:${figure}`,
          kind: 'limit',
          severity,
          queueId,
          figure,
          // A wait grows by itself, and would be news every second.
          value: figure === 'longestWait' ? limit[severity] : value,
          limit: limit[severity],
          ring: loud && own.ring,
          notify: loud && own.notify,
        },
      ];
    });
  });

const channelMatters = ({ channels }: Standing): Matter[] =>
  channels.flatMap(({ id, channel, name, state, problem }): Matter[] =>
    state === 'failing'
      ? [
          {
            id: `channel:${id}`,
            kind: 'channel',
            severity: 'alarm',
            channel,
            account: name,
            problem: problem ?? '',
            ring: false,
            notify: false,
          },
        ]
      : [],
  );

const jobMatters = ({ oldestJobSeconds }: Standing): Matter[] =>
  oldestJobSeconds > OLDEST_JOB_SECONDS
    ? [{ id: 'jobs', kind: 'jobs', severity: 'alarm', seconds: oldestJobSeconds, ring: false, notify: false }]
    : [];
