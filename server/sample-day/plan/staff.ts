import { DateTime } from 'luxon';
import type { City } from '../../contract/city.ts';
import type { Chance } from '../chance.ts';
import { aName, asAddress, shortName } from './names.ts';

/** When somebody works, by the city's clock; an end before its beginning is the next day. */
interface Shift {
  from: number;
  until: number;
  people: number;
}

/** Forty people, six hours each as is usual in a city hall, in shifts that overlap; three at night. */
const SHIFTS: readonly Shift[] = [
  { from: 7, until: 13, people: 12 },
  { from: 9, until: 15, people: 6 },
  { from: 12, until: 18, people: 10 },
  { from: 15, until: 21, people: 9 },
  { from: 21, until: 7, people: 3 },
];
/** Hours into a shift, and minutes: coffee, lunch, coffee. */
const BREAKS: readonly (readonly [number, number])[] = [
  [2, 15],
  [4.2, 30],
  [6.4, 10],
];
/** Nobody begins on the second. */
const LATE_SECONDS = 240;
const PROTECTED_GRANTS = 4;

export interface Working {
  from: Date;
  until: Date;
  breaks: { from: Date; until: Date }[];
}
export interface StaffMember {
  index: number;
  person: City['operators'][number];
  shift: Shift;
  chance: Chance;
}

/** What people can besides what everybody can, and how many of them. */
const SKILLS: readonly (readonly [string, number])[] = [
  ['ingles', 0.3],
  ['negocios', 0.35],
  ['redes', 0.8],
];
/** Two for the day and one for the evening; who supervises sees what is protected. */
const SUPERVISORS: readonly Shift[] = [
  { from: 7, until: 15, people: 1 },
  { from: 14, until: 22, people: 2 },
];
/** Where a department sits from eight to three; whoever repairs what floods and falls works two shifts. */
const OFFICE: Shift = { from: 8, until: 15, people: 1 };
const CREWS: Shift = { from: 7, until: 21, people: 1 };
const IN_CREWS = [
  'agua-saneamiento',
  'alumbrado',
  'limpia-publica',
  'obras-publicas',
  'proteccion-civil',
  'transito-vialidad',
];

export function planStaff(city: City, chance: Chance, scale: number): StaffMember[] {
  const open = city.queues.filter((queue) => !queue.protected).map(({ id }) => id);
  const all = city.queues.map(({ id }) => id);
  const known = new Set(city.skills.map(({ id }) => id));
  const shifts = SHIFTS.flatMap((shift) =>
    Array.from({ length: Math.max(1, Math.round(shift.people * scale)) }, () => shift),
  );
  return shifts.map((shift, index) => {
    const own = chance.fork(`operator ${index}`);
    const name = shortName(aName(own));
    const protectedGrant = index % Math.ceil(shifts.length / PROTECTED_GRANTS) === 0;
    return {
      index,
      shift,
      chance: own,
      person: {
        name,
        email: `${asAddress(name)}.${index + 1}@sample-day.example.org`,
        role: 'operator',
        capacity: own.pick([3, 4, 4, 5]),
        queues: protectedGrant ? all : open,
        skills: SKILLS.flatMap(([skill, share]) => (own.happens(share) && known.has(skill) ? skill : [])),
        locale: 'es',
        departmentId: null,
        protectedGrant,
      },
    };
  });
}

/** Those who watch the queues, and those who do what was reported. `index` goes on from `first`. */
export function planOthers(city: City, chance: Chance, first: number): StaffMember[] {
  const supervisors = SUPERVISORS.flatMap((shift) => Array.from({ length: shift.people }, () => shift));
  const departments = Object.keys(city.departments);
  return [...supervisors.map((shift) => ({ shift, departmentId: null })), ...departments.map(atWork)].map(
    ({ shift, departmentId }, at) => {
      const index = first + at;
      const own = chance.fork(`other ${at}`);
      const name = shortName(aName(own));
      return {
        index,
        shift,
        chance: own,
        person: {
          name,
          email: `${asAddress(name)}.${index + 1}@sample-day.example.org`,
          role: departmentId ? ('department' as const) : ('supervisor' as const),
          capacity: 1,
          queues: [],
          skills: [],
          locale: 'es' as const,
          departmentId,
          protectedGrant: departmentId === null,
        },
      };
    },
  );
}

const atWork = (departmentId: string) => ({ shift: IN_CREWS.includes(departmentId) ? CREWS : OFFICE, departmentId });

/** When somebody works between two instants. */
export function hoursOf({ shift, chance }: StaffMember, city: City, from: Date, until: Date): Working[] {
  const worked: Working[] = [];
  const first = DateTime.fromJSDate(from, { zone: city.timeZone }).startOf('day').minus({ days: 1 });
  const last = DateTime.fromJSDate(until, { zone: city.timeZone });
  for (let day = first; day <= last; day = day.plus({ days: 1 })) {
    const begins = day.set({ hour: shift.from });
    const ends = day.plus({ days: shift.until < shift.from ? 1 : 0 }).set({ hour: shift.until });
    if (ends.toJSDate() <= from || begins.toJSDate() >= until) continue;
    const here = new Date(Math.max(begins.toMillis(), from.getTime()) + chance.next() * LATE_SECONDS * 1_000);
    const gone = new Date(Math.min(ends.toMillis(), until.getTime()));
    const breaks = BREAKS.map(([hours, minutes]) => {
      const at = begins.toMillis() + (hours + chance.next() * 0.4) * 3_600_000;
      return { from: new Date(at), until: new Date(at + minutes * 60_000) };
    }).filter((one) => one.from > here && one.until < gone);
    if (here < gone) worked.push({ from: here, until: gone, breaks });
  }
  return worked;
}
