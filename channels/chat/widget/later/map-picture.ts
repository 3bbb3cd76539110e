import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import type { Point } from '../../../../server/contract/place.ts';
import { loadMap } from './load-map.ts';
import type { CityMap } from './map.ts';

const WIDTH = 260;
const HEIGHT = 130;

const drawn = new Map<string, Promise<string | null>>();

/** A small still picture around a point; null where maps cannot be drawn. Each place is drawn once. */
export function mapPicture(origin: string, locale: Locale, at: Point): Promise<string | null> {
  const key = `${at.latitude},${at.longitude}`;
  const known = drawn.get(key) ?? draw(origin, locale, at);
  drawn.set(key, known);
  return known;
}

async function draw(origin: string, locale: Locale, at: Point): Promise<string | null> {
  const frame = document.createElement('div');
  Object.assign(frame.style, {
    position: 'fixed',
    left: '-9999px',
    width: `${WIDTH}px`,
    height: `${HEIGHT}px`,
  });
  frame.ariaHidden = 'true';
  document.body.append(frame);
  let map: CityMap | null = null;
  try {
    const { openMap } = await loadMap(origin);
    return await new Promise<string | null>((resolve) => {
      map = openMap(frame, {
        origin,
        locale,
        label: '',
        at,
        bounds: null,
        moves: false,
        ready: () => void map?.picture().then(resolve),
        failed: () => resolve(null),
      });
    });
  } catch {
    return null;
  } finally {
    (map as CityMap | null)?.remove();
    frame.remove();
  }
}
