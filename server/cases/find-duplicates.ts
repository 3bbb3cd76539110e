import type { NearbyCase } from '../contract/case.ts';
import type { City } from '../contract/city.ts';
import type { Locale } from '../contract/errors.ts';
import type { Point } from '../contract/place.ts';
import type { Db } from '../database/database.ts';
import { serviceTitle } from './services.ts';
import { whereForAnybody } from './where.ts';

const DAYS = 60;
const DAY_MS = 24 * 3_600_000;
/** Looked at within the box, and told of. */
const CANDIDATES = 100;
const MOST = 5;

/** Open cases of a service that may be about the same thing, nearest first. Nothing of who filed them. */
export async function findDuplicates(
  db: Db,
  city: City,
  serviceId: string,
  point: Point,
  now: Date,
  locale: Locale = 'es',
): Promise<NearbyCase[]> {
  const service = city.services.find(({ id }) => id === serviceId);
  if (!service || service.protected || service.restricted) return [];
  const box = boxAround(point, service.nearby);
  const rows = await db
    .selectFrom('service_case')
    .select(['id', 'folio', 'service_id', 'status', 'address', 'colonia', 'latitude', 'longitude'])
    .select(['opened_at', 'followers'])
    .where('service_id', '=', serviceId)
    .where('closed_at', 'is', null)
    .where('protected', '=', false)
    .where('latitude', '>=', box.south)
    .where('latitude', '<=', box.north)
    .where('longitude', '>=', box.west)
    .where('longitude', '<=', box.east)
    .where('opened_at', '>', new Date(now.getTime() - DAYS * DAY_MS))
    .orderBy('opened_at', 'desc')
    .limit(CANDIDATES)
    .execute();
  return rows
    .flatMap((row): NearbyCase[] => {
      if (row.latitude === null || row.longitude === null) return [];
      const metres = Math.round(metresBetween(point, { latitude: row.latitude, longitude: row.longitude }));
      if (metres > service.nearby) return [];
      return [
        {
          id: row.id,
          folio: row.folio,
          serviceId: row.service_id,
          service: serviceTitle(city, row.service_id, locale),
          status: row.status,
          where: whereForAnybody(row) ?? '',
          metres,
          openedAt: row.opened_at.toISOString(),
          followers: row.followers,
        },
      ];
    })
    .sort((one, other) => one.metres - other.metres)
    .slice(0, MOST);
}

const METRES_A_DEGREE = 111_320;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

function boxAround({ latitude, longitude }: Point, metres: number) {
  const up = metres / METRES_A_DEGREE;
  const across = up / Math.max(Math.cos(radians(latitude)), 0.01);
  return { south: latitude - up, north: latitude + up, west: longitude - across, east: longitude + across };
}

/** On a sphere: within a city its error is far below the width of a street. */
export function metresBetween(one: Point, other: Point): number {
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2;
  const chord =
    half(other.latitude - one.latitude) +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * half(other.longitude - one.longitude);
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(chord)));
}
