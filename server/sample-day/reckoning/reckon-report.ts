import { DateTime } from 'luxon';
import type { City } from '../../contract/city.ts';
import {
  caseMeasures,
  contactMeasures,
  type Measure,
  type Measured,
  peopleMeasures,
  type ReportGrouping,
} from '../../contract/report-terms.ts';
import { createOpenSeconds } from './open-minutes.ts';
import type { RawCase, RawDay } from './raw-day.ts';
import { type Reckoned, reckonContact } from './reckon-contact.ts';
import { type HalfHour, reckonPeople } from './reckon-people.ts';

/** Days of the city, `yyyy-mm-dd`, and the moment at which it is asked. */
export interface Asked {
  from: string;
  to: string;
  now: Date;
}

/** Every count of a report, by group; what cannot be parted so is not there. */
export type ReckonedReport = (by: ReportGrouping) => Map<string, Measured>;

const REPEAT_MS = 7 * 86_400_000;
const CLOSED = ['solved', 'not_ours', 'rejected'];

/** Reads every contact of a day, for somebody who may count what is protected. */
export function reckonContacts(day: RawDay, city: Pick<City, 'timeZone'>, now: Date): Reckoned[] {
  const rules = { queues: day.queues, openSeconds: createOpenSeconds(city), now };
  return day.contacts.map((contact) => reckonContact(contact, rules));
}

export function reckonReport(
  day: RawDay,
  contacts: readonly Reckoned[],
  { timeZone }: Pick<City, 'timeZone'>,
  asked: Asked,
): ReckonedReport {
  const begins = DateTime.fromISO(asked.from, { zone: timeZone }).startOf('day').toJSDate();
  const ends = DateTime.fromISO(asked.to, { zone: timeZone }).startOf('day').plus({ days: 1 }).toJSDate();
  const until = asked.now < ends ? asked.now : ends;
  const counted = contacts.filter(({ contact: { beganAt } }) => beganAt >= begins && beganAt < ends);
  const countsOf = countsFor(contacts);
  const hands = contacts.flatMap((one) => one.hands);
  const halves = reckonPeople(day.presences, hands, { from: begins, until, timeZone });
  const today = DateTime.fromJSDate(asked.now, { zone: timeZone }).toFormat('yyyy-MM-dd');
  const caseCounts = (one: RawCase) => countsOfCase(one, { ...asked, until, today, timeZone });
  const cases = day.cases.filter(({ openedAt }) => openedAt < ends);

  return (by) => {
    const groups = new Map<string, Measured>();
    const add = (key: string, counts: Measured, all: readonly Measure[]) => {
      const group = groups.get(key) ?? {};
      for (const measure of all) group[measure] = (group[measure] ?? 0) + (counts[measure] ?? 0);
      groups.set(key, group);
    };
    const contactKey = contactKeys[by];
    if (contactKey) for (const one of counted) add(contactKey(one, timeZone), countsOf(one), contactMeasures);
    const peopleKey = peopleKeys[by];
    if (peopleKey) for (const half of halves) add(peopleKey(half), { ...half }, peopleMeasures);
    const caseKey = caseKeys[by];
    if (caseKey) for (const one of cases) add(caseKey(one), caseCounts(one), caseMeasures);
    return groups;
  };
}

const contactKeys: Partial<Record<ReportGrouping, (one: Reckoned, zone: string) => string>> = {
  none: () => '',
  hour: ({ contact }, zone) => DateTime.fromJSDate(contact.beganAt, { zone }).toFormat('HH'),
  day: ({ contact }, zone) => DateTime.fromJSDate(contact.beganAt, { zone }).toFormat('yyyy-MM-dd'),
  queue: ({ queueId }) => queueId ?? '',
  channel: ({ contact }) => contact.channel,
  operator: ({ operatorId }) => operatorId ?? '',
  topic: ({ topic }) => topic ?? '',
  colonia: ({ contact }) => contact.coloniaId ?? '',
};
const peopleKeys: Partial<Record<ReportGrouping, (half: HalfHour) => string>> = {
  none: () => '',
  hour: ({ slot }) => slot.toFormat('HH'),
  day: ({ slot }) => slot.toFormat('yyyy-MM-dd'),
  operator: ({ operatorId }) => operatorId,
};
const caseKeys: Partial<Record<ReportGrouping, (one: RawCase) => string>> = {
  none: () => '',
  channel: ({ channel }) => channel ?? '',
  colonia: ({ coloniaId }) => coloniaId ?? '',
  department: ({ departmentId }) => departmentId,
};

/** As numbers: 1 for what is so. */
function countsFor(all: readonly Reckoned[]): (one: Reckoned) => Measured {
  const ofCitizen = Map.groupBy(all, ({ contact }) => contact.citizenId);
  const cameBack = ({ contact, closedAt }: Reckoned): boolean =>
    (ofCitizen.get(contact.citizenId) ?? []).some(({ outcome, contact: { beganAt } }) => {
      const after = beganAt.getTime();
      if (outcome === 'outbound' || after <= contact.beganAt.getTime()) return false;
      return after <= (closedAt ?? 0) * 1_000 + REPEAT_MS;
    });
  const as = (holds: boolean, value = 1) => (holds ? value : 0);

  return (one) => {
    const { outcome, withBot, queuedAt, closedAt, isLate, rating, contact } = one;
    const isAnswered = outcome === 'answered' && queuedAt !== null;
    const isHandled = outcome === 'answered' && closedAt !== null;
    return {
      contacts: as(outcome !== 'outbound'),
      outbound: as(outcome === 'outbound'),
      withBot: as(withBot),
      contained: as(withBot && outcome === 'contained'),
      leftBot: as(outcome === 'left_bot'),
      inBot: as(outcome === 'bot'),
      queued: as(outcome !== 'outbound' && queuedAt !== null),
      answered: as(isAnswered),
      takenFromBot: as(outcome === 'answered' && queuedAt === null),
      waiting: as(outcome === 'waiting'),
      abandoned: as(outcome === 'abandoned'),
      shortAbandoned: as(outcome === 'short_abandoned'),
      dismissed: as(outcome === 'dismissed'),
      inTime: as(isAnswered && isLate === false),
      abandonedLate: as(outcome === 'abandoned' && isLate === true),
      waitingLate: as(outcome === 'waiting' && isLate === true),
      waitedSeconds: as(isAnswered, one.waited),
      handled: as(isHandled),
      activeSeconds: as(isHandled, one.talk),
      holdSeconds: as(isHandled, one.hold),
      wrapSeconds: as(isHandled, one.wrap),
      transferred: as(isHandled && one.transfers > 0),
      rated: as(rating !== null),
      satisfied: as(rating !== null && rating >= 4),
      resolvable: as(isHandled),
      resolved: as(isHandled && !cameBack(one)),
      botTurns: contact.turns.length,
      botMissed: contact.turns.filter((turn) => turn.outcome === 'missed').length,
    };
  };
}

interface CaseAsked extends Asked {
  until: Date;
  today: string;
  timeZone: string;
}

function countsOfCase(one: RawCase, { from, to, until, today, timeZone }: CaseAsked): Measured {
  const lastDay = DateTime.fromISO(today < to ? today : to, { zone: timeZone });
  const { openedAt, promisedFor, statuses } = one;
  const last = statuses.at(-1);
  const doneOn =
    last && CLOSED.includes(last.status)
      ? DateTime.fromJSDate(last.at, { zone: timeZone }).toFormat('yyyy-MM-dd')
      : null;
  const isPromised = promisedFor >= from && promisedFor <= to && (doneOn !== null || promisedFor < today);
  const stood = statuses.findLast(({ at }) => at < until)?.status ?? 'received';
  const isOpen = openedAt < until && !CLOSED.includes(stood);
  return {
    promised: isPromised ? 1 : 0,
    promisesKept: isPromised && doneOn !== null && doneOn <= promisedFor ? 1 : 0,
    openCases: isOpen ? 1 : 0,
    openCaseDays: isOpen
      ? lastDay.diff(DateTime.fromJSDate(openedAt, { zone: timeZone }).startOf('day'), 'days').days
      : 0,
  };
}
