import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { MapBounds, Point } from '../contract/place.ts';

/** Whoever knows more addresses than the city's content. Never fails: knows nothing instead. */
export interface Geocoder {
  /** Where a house or a building is; null when it is not found, or not in time. */
  locate(address: string): Promise<Point | null>;
}

export interface GeocoderOptions {
  /** Nominatim-compatible, without `/search`. */
  url: string;
  bounds: MapBounds;
  /** Two letters, ISO 3166-1. */
  country: string;
  /** Who asks, as the usage policy of Nominatim wants it told. */
  userAgent: string;
  /** An answer is waited for this long. */
  timeoutMs?: number;
  /** Between two questions, by the same policy. */
  gapMs?: number;
  report?: (error: unknown) => void;
}

const TIMEOUT_MS = 1_500;
const GAP_MS = 1_000;
const REMEMBERED = 2_000;

const answerSchema = z.array(
  z.object({
    lat: z.coerce.number().min(-90).max(90),
    lon: z.coerce.number().min(-180).max(180),
    category: z.string().optional(),
    address: z.object({ house_number: z.string().optional() }).optional(),
  }),
);
/** Of these the answer is the middle of something long or wide, which is no place to send anybody to. */
const TOO_WIDE = new Set(['highway', 'boundary', 'place', 'landuse']);

/** Asks a Nominatim-compatible geocoder: one question at a time, none twice. */
export function createGeocoder(options: GeocoderOptions): Geocoder {
  const { timeoutMs = TIMEOUT_MS, gapMs = GAP_MS, report = () => {} } = options;
  const known = new Map<string, Promise<Point | null>>();
  let waiting = 0;
  /** When the question before left. */
  let before: Promise<number> = Promise.resolve(Number.NEGATIVE_INFINITY);

  /** Resolves when the next question may leave, counted from when the one before really did. */
  async function turn(): Promise<void> {
    if (waiting * gapMs >= timeoutMs) throw new Error('too many addresses at once');
    waiting += 1;
    before = before.then(async (leftAt) => {
      const wait = leftAt + gapMs - performance.now();
      if (wait > 0) await pause(wait);
      waiting -= 1;
      return performance.now();
    });
    await before;
  }

  async function ask(address: string): Promise<Point | null> {
    const signal = AbortSignal.timeout(timeoutMs);
    await turn();
    const response = await fetch(questionOf(options, address), {
      signal,
      headers: { 'user-agent': options.userAgent, 'accept-language': 'es', accept: 'application/json' },
    });
    if (!response.ok) throw new Error(`the geocoder answered ${response.status}`);
    const [found] = answerSchema.parse(await response.json());
    if (!found || (TOO_WIDE.has(found.category ?? '') && !found.address?.house_number)) return null;
    return { latitude: found.lat, longitude: found.lon };
  }

  return {
    locate(address) {
      const key = address.toLowerCase();
      const before = known.get(key);
      if (before) return before;
      const answer = ask(address).catch((error) => {
        // Asked again next time: it may have been a bad moment.
        known.delete(key);
        report(error);
        return null;
      });
      known.set(key, answer);
      const [oldest] = known.keys();
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
      return answer;
    },
  };
}

function questionOf({ url, bounds: { southWest, northEast }, country }: GeocoderOptions, address: string): URL {
  const question = new URL(`${url.replace(/\/$/, '')}/search`);
  const viewbox = [southWest.longitude, northEast.latitude, northEast.longitude, southWest.latitude].join(',');
  for (const [name, value] of Object.entries({
    q: address,
    format: 'jsonv2',
    addressdetails: '1',
    limit: '1',
    bounded: '1',
    viewbox,
    countrycodes: country.toLowerCase(),
  })) {
    question.searchParams.set(name, value);
  }
  return question;
}
