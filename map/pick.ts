import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import type { Point } from '../server/contract/place.ts';
import { pointAt } from './point-at.ts';
import { type MapLocale, texts } from './texts.ts';

/** Lets somebody choose a point, by a click or by Enter over the cross-hair. Returns how to stop it. */
export function letPick(
  map: MapLibre,
  container: HTMLElement,
  locale: MapLocale,
  onPick: (point: Point) => void,
): () => void {
  const pick = ({ lat, lng }: { lat: number; lng: number }) => onPick(pointAt(lat, lng));
  const crosshair = document.createElement('div');
  crosshair.className = 'linea-map-crosshair';
  crosshair.setAttribute('aria-hidden', 'true');
  const hint = document.createElement('p');
  hint.className = 'linea-map-hint';
  hint.textContent = texts[locale].pick;
  container.append(crosshair, hint);
  container.classList.add('linea-map-picks');

  const canvas = map.getCanvas();
  // Read as a widget of its own, so that a screen reader passes the arrow keys on to the map.
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-label', `${texts[locale].controls['Map.Title'] ?? 'Map'}. ${texts[locale].pick}`);
  const byKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    pick(map.getCenter());
  };
  const byClick = (event: MapMouseEvent) => pick(event.lngLat);
  canvas.addEventListener('keydown', byKey);
  map.on('click', byClick);
  return () => {
    canvas.removeEventListener('keydown', byKey);
    map.off('click', byClick);
    crosshair.remove();
    hint.remove();
  };
}
