import { type Map as MapLibre, Map as MapLibreMap, type MapOptions, setWorkerUrl } from 'maplibre-gl';
import mapStyles from 'maplibre-gl/dist/maplibre-gl.css?inline';
import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import type { Point } from '../../../../server/contract/place.ts';

/** `/widget/map.js`: MapLibre by itself, loaded when a resident wants to see a map. Used by `/folio`, too. */

export interface CityMap {
  center(): Point;
  /** Moves the map under its middle, in pixels. */
  pan(right: number, down: number): void;
  zoom(steps: 1 | -1): void;
  /** A picture of what is shown, once it is drawn. */
  picture(): Promise<string>;
  remove(): void;
}

export interface MapSetting {
  /** Of the server, whose style and worker are used on whichever site the map stands. */
  origin: string;
  locale: Locale;
  /** What a screen reader calls it. */
  label: string;
  at: Point | null;
  /** What is shown without `at`: two opposite corners. */
  bounds: [southWest: Point, northEast: Point] | null;
  /** Whether it can be moved. */
  moves: boolean;
  moved?: (center: Point) => void;
  ready?: () => void;
  failed: () => void;
}

const STREET_ZOOM = 16;

/** The styles that MapLibre's elements need in the root they stand in. */
export const styles: string = mapStyles;

/** Draws the city into an element that has a size. Without WebGL, or without a style, `failed` is called. */
export function openMap(container: HTMLElement, setting: MapSetting): CityMap | null {
  const { origin, label, locale, moves, moved, ready, failed } = setting;
  setWorkerUrl(`${origin}/widget/map-worker.js`);
  try {
    const map = new MapLibreMap({
      container,
      style: `${origin}/api/v1/map/style?lang=${locale}`,
      ...viewOf(setting),
      interactive: moves,
      // The panel around it knows the keys.
      keyboard: false,
      dragRotate: false,
      touchPitch: false,
      attributionControl: { compact: true },
      maxZoom: 19,
      locale: { 'Map.Title': label },
      canvasContextAttributes: { preserveDrawingBuffer: true },
    });
    map.touchZoomRotate.disableRotation();
    // Screen readers keep arrow keys to themselves elsewhere.
    map.getCanvas().setAttribute('role', moves ? 'application' : 'img');
    map.on('error', () => {
      if (!map.isStyleLoaded()) failed();
    });
    map.once('load', () => ready?.());
    map.on('moveend', () => moved?.(centerOf(map)));
    return {
      center: () => centerOf(map),
      pan: (right, down) => map.panBy([right, down], { duration: 120 }),
      zoom: (steps) => (steps > 0 ? map.zoomIn() : map.zoomOut()),
      picture: () => pictureOf(map),
      remove: () => map.remove(),
    };
  } catch {
    failed();
    return null;
  }
}

function viewOf({ at, bounds }: MapSetting): Partial<MapOptions> {
  if (at) return { center: [at.longitude, at.latitude], zoom: STREET_ZOOM };
  if (!bounds) return {};
  const [southWest, northEast] = bounds;
  return { bounds: [southWest.longitude, southWest.latitude, northEast.longitude, northEast.latitude] };
}

function centerOf(map: MapLibre): Point {
  const { lat, lng } = map.getCenter();
  return { latitude: Number(lat.toFixed(6)), longitude: Number(lng.toFixed(6)) };
}

async function pictureOf(map: MapLibre): Promise<string> {
  if (!map.loaded()) await map.once('idle');
  return map.getCanvas().toDataURL('image/jpeg', 0.85);
}
