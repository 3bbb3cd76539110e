import { DateTime } from 'luxon';
import type { BoardState } from '../../contract/board.ts';
import type { City } from '../../contract/city.ts';
import type { Reckoned } from './reckon-contact.ts';

/** What the board says of a day, of everything that its reader may see. */
export type DayOnBoard = Pick<BoardState, 'contacts' | 'bot' | 'line'> & {
  /** By queue and channel: answered, in time, abandoned, abandoned late, still waiting late. */
  today: Record<string, readonly number[]>;
};

const HALF_HOUR = 30 * 60;

export function reckonBoard(all: readonly Reckoned[], { timeZone }: Pick<City, 'timeZone'>, now: Date): DayOnBoard {
  const midnight = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day').toSeconds();
  const day = all.filter(({ contact }) => contact.beganAt.getTime() / 1_000 >= midnight);
  const rated = day.flatMap(({ rating }) => rating ?? []);
  const withBot = day.filter((one) => one.withBot);
  const halfHours = Math.floor((now.getTime() / 1_000 - midnight) / HALF_HOUR) + 1;
  const slots = Array.from({ length: halfHours }, (_, slot) => slot);
  const slotOf = (at: number | null) => (at === null ? -1 : Math.floor((at - midnight) / HALF_HOUR));
  const answered = day.filter(({ outcome }) => outcome === 'answered');
  const abandoned = day.filter(({ outcome }) => outcome === 'abandoned');

  const today: Record<string, readonly number[]> = {};
  for (const [key, own] of Map.groupBy(day, ({ queueId, contact }) => `${queueId} ${contact.channel}`)) {
    if (own[0]?.queueId === null) continue;
    const count = (outcome: string, isLate?: boolean) =>
      own.filter((one) => one.outcome === outcome && (isLate === undefined || one.isLate === isLate)).length;
    today[key] = [
      count('answered'),
      count('answered', false),
      count('abandoned'),
      count('abandoned', true),
      count('waiting', true),
    ];
  }

  return {
    today,
    contacts: {
      opened: day.length,
      closed: day.filter(({ closedAt }) => closedAt !== null).length,
      rating:
        rated.length === 0 ? null : Math.round((rated.reduce((sum, score) => sum + score, 0) / rated.length) * 10) / 10,
    },
    bot: { begun: withBot.length, contained: withBot.filter(({ outcome }) => outcome === 'contained').length },
    line: {
      opened: slots.map(
        (slot) => day.filter(({ contact }) => slotOf(contact.beganAt.getTime() / 1_000) === slot).length,
      ),
      answered: slots.map((slot) => answered.filter(({ answeredAt }) => slotOf(answeredAt) === slot).length),
      abandoned: slots.map((slot) => abandoned.filter(({ closedAt }) => slotOf(closedAt) === slot).length),
      serviceLevel: slots.map((slot) => {
        const inSlot = answered.filter(({ answeredAt }) => slotOf(answeredAt) === slot);
        const lost = abandoned.filter(({ closedAt, isLate }) => isLate === true && slotOf(closedAt) === slot);
        const all = inSlot.length + lost.length;
        return all === 0 ? null : inSlot.filter(({ isLate }) => isLate === false).length / all;
      }),
    },
  };
}
