import { DateTime } from 'luxon';
import type { Clock } from '../../clock.ts';
import type { Surge } from '../../contract/board.ts';
import type { City } from '../../contract/city.ts';
import type { Point } from '../../contract/place.ts';
import type { Db } from '../../database/database.ts';
import { middleOf, pointOf, positionOf } from '../../places/geometry.ts';
import { keepFor } from '../keep-for.ts';
import { type Found, findSurges, type Report, type Usual } from './find-surges.ts';
import { isSame } from './is-same.ts';
import { createReportLoader, type Stretch } from './load-reports.ts';
import { usualFrom } from './usual.ts';
import { middlesOf, type Zone, zonesOf } from './zones.ts';

const WEEKS = 8;
const HOUR_MS = 3_600_000;
const EVERY_MS = 15_000;
/** Points on the small map. */
const MOST_POINTS = 60;

export interface ToldSurge {
  id: string;
  surge: Surge;
}

/** What is told of more than usual, looked at a few times a minute for as long as somebody asks. */
export function watchSurges({ db, city, clock }: { db: Db; city: City; clock: Clock }): () => Promise<ToldSurge[]> {
  const titlesNow = () => new Map([...city.services, ...city.topics].map(({ id, title }) => [id, title]));
  const coloniaNames = new Map(
    city.places.colonias.features.map(({ properties }) => [properties.id, properties.name] as const),
  );
  const middles = middlesOf(city.places.colonias);
  let load: ReturnType<typeof createReportLoader> | null = null;
  let zones: Zone[] | null = null;
  let usual: { hour: string; value: Promise<Usual> } | null = null;
  let told: ToldSurge[] = [];

  const reportsIn = async (stretches: readonly Stretch[]) => {
    load ??= createReportLoader(db, city);
    const reports = await load(stretches);
    const titles = titlesNow();
    return reports.filter(({ topicId }) => titles.has(topicId));
  };

  /** The same weekday around the same hour, as the city's clocks had it, in the weeks before. */
  function usualAt(now: Date): Promise<Usual> {
    const local = DateTime.fromJSDate(now, { zone: city.timeZone }).startOf('hour');
    const hour = local.toISO() ?? '';
    if (usual?.hour !== hour) {
      const stretches = Array.from({ length: WEEKS }, (_, week) => {
        const then = local.minus({ weeks: week + 1 });
        return { from: then.minus({ hours: 1 }).toJSDate(), to: then.plus({ hours: 2 }).toJSDate() };
      });
      const value = reportsIn(stretches).then((history) =>
        usualFrom(history, stretches.length * 3, city.places.colonias.features.length),
      );
      const mine = { hour, value };
      value.catch(() => {
        if (usual === mine) usual = null;
      });
      usual = mine;
    }
    return usual.value;
  }

  return keepFor(EVERY_MS, clock, async () => {
    const now = clock.now();
    zones ??= zonesOf(city.places.colonias);
    const [reports, usually] = await Promise.all([
      reportsIn([{ from: new Date(now.getTime() - HOUR_MS), to: new Date(now.getTime() + 1_000) }]),
      usualAt(now),
    ]);
    const before = told;
    told = findSurges(reports, zones, usually, now).map((found) => {
      const surge = draw(found);
      const same = before.find((each) => isSame(each.surge, surge));
      return { id: same?.id ?? `surge:${surge.topicId}:${found.zone.id}:${surge.since}`, surge };
    });
    return told;
  });

  function draw({ topicId, zone, minutes, reports, usual: usually }: Found): Surge {
    const points = reports.flatMap(({ point }) => point ?? []).slice(0, MOST_POINTS);
    // Named by where it is told of, not by every neighbour that the scan took in.
    const coloniaIds = zone.coloniaIds.filter((id) => reports.some(({ coloniaId }) => coloniaId === id));
    const names = coloniaIds.flatMap((id) => coloniaNames.get(id) ?? []);
    return {
      topicId,
      topic: titlesNow().get(topicId) ?? topicId,
      reportable: city.services.some(({ id }) => id === topicId),
      coloniaIds,
      place: names.length > 0 ? names.join(', ') : null,
      count: reports.length,
      minutes,
      usual: Math.round(usually * 10) / 10,
      since: (reports[0] as Report).at.toISOString(),
      points,
      middle: middleOfAll(points) ?? middles.get(coloniaIds[0] ?? '') ?? null,
    };
  }
}

function middleOfAll(points: readonly Point[]): Point | null {
  return points.length === 0 ? null : pointOf(middleOf(points.map(positionOf)));
}
