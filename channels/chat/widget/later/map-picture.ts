import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import type { Point } from '../../../../server/contract/place.ts';
import { drawMap } from './load-map.ts';

const WIDTH = 260;
const HEIGHT = 130;
/** Far enough away to know one's way about. */
const ZOOM = 14;

const drawn = new Map<string, Promise<string | null>>();

/** A small still picture around a point; null where maps cannot be drawn. Each place is drawn once. */
export function mapPicture(origin: string, locale: Locale, at: Point): Promise<string | null> {
  const key = `${at.latitude},${at.longitude}`;
  const known = drawn.get(key) ?? draw(origin, locale, at);
  drawn.set(key, known);
  return known;
}

async function draw(origin: string, locale: Locale, pin: Point): Promise<string | null> {
  const container = document.createElement('div');
  Object.assign(container.style, {
    position: 'fixed',
    left: '-9999px',
    width: `${WIDTH}px`,
    height: `${HEIGHT}px`,
  });
  container.inert = true;
  document.body.append(container);
  try {
    const map = await drawMap({ container, origin, locale, pin, zoom: ZOOM, still: true });
    const picture = await map.picture();
    map.remove();
    return picture;
  } catch {
    return null;
  } finally {
    container.remove();
  }
}
