import { AttributionControl, type ErrorEvent, Map as MapLibre, NavigationControl, setWorkerUrl } from 'maplibre-gl';
import { endpoints, mapRoutes } from '../server/contract/endpoints.ts';
import type { CityMapView, MapTheme, Point } from '../server/contract/place.ts';
import { addStyles } from './add-styles.ts';
import { type MapMarker, showMarkers } from './markers.ts';
import { letPick } from './pick.ts';
import { createPin } from './pin.ts';
import { type MapLocale, texts } from './texts.ts';
import { WORKER } from './worker-name.ts';

export type { MapLocale, MapMarker };

/** What `/map/city-map.js` gives to whoever imports it at run time. */
export interface CityMapModule {
  openMap(options: CityMapOptions): Promise<CityMap>;
}

export interface CityMapOptions {
  /** Empty, with a size of its own; it may live in a shadow root. */
  container: HTMLElement;
  /** Of the server, e.g. `https://linea.example.org`; empty: the page's own. */
  origin: string;
  theme: MapTheme;
  locale: MapLocale;
  pin?: Point | null;
  /** How close it begins to the pin; 16, unless told otherwise, shows a street. */
  zoom?: number;
  /** Makes it a picker: told where somebody clicks, drags the pin to, or presses Enter over. */
  onPick?: (point: Point) => void;
  /** Told where the middle is, first once it is drawn and then after every move: for a pin that stands still above it. */
  onMove?: (center: Point, zoom: number) => void;
  /** A picture to look at: neither moved nor reached by keys. */
  still?: boolean;
}

export interface CityMap {
  setPin(point: Point | null): void;
  /** Moves there; `zoom` 16 shows a street. */
  show(point: Point, zoom?: number): void;
  /** Points to choose from, those close together as one with their number. */
  setMarkers(markers: readonly MapMarker[]): void;
  setTheme(theme: MapTheme): void;
  /** What is shown now, as a data URL. */
  picture(): Promise<string>;
  remove(): void;
}

/** Why there is no map: no WebGL, no connection, or a page that forbids it. The reader then gets a list instead. */
export class MapUnavailable extends Error {
  override name = 'MapUnavailable';
}

const STREET_ZOOM = 16;
const CITY_PADDING = 24;
const DARK = 'linea-map-dark';

/**
 * Draws the city's map into `container`.
 * @throws MapUnavailable
 */
export async function openMap(options: CityMapOptions): Promise<CityMap> {
  const { container, origin, locale, onPick } = options;
  const [view, style] = await Promise.all([
    ask<CityMapView>(`${origin}/api/v1${endpoints.cityMap.path}`),
    ask<object>(styleUrl(origin, options.theme)),
  ]);
  addStyles(container);
  container.classList.toggle(DARK, options.theme === 'dark');
  setWorkerUrl(new URL(WORKER, /* @vite-ignore */ import.meta.url).href);
  const map = create(options, view, style as never);
  const pin = createPin(map, texts[locale].pin, onPick);
  const markers = showMarkers(map, options.theme);
  pin.set(options.pin ?? null);
  const stopPicking =
    onPick &&
    letPick(map, container, locale, (point) => {
      pin.set(point);
      onPick(point);
    });

  try {
    await drawn(map);
  } catch (error) {
    map.remove();
    throw unavailable(error);
  }
  if (options.onMove) tellMoves(map, options.onMove);
  return {
    setPin: pin.set,
    show: ({ latitude, longitude }, zoom = STREET_ZOOM) =>
      void map.easeTo({ center: [longitude, latitude], zoom, duration: calm() ? 0 : 400 }),
    setMarkers: markers.set,
    setTheme(theme) {
      container.classList.toggle(DARK, theme === 'dark');
      markers.repaint(theme);
      map.setStyle(styleUrl(origin, theme));
    },
    picture: () => pictureOf(map),
    remove() {
      stopPicking?.();
      map.remove();
    },
  };
}

function create(
  { container, locale, pin, zoom = STREET_ZOOM, still = false }: CityMapOptions,
  { bounds: { southWest, northEast } }: CityMapView,
  style: never,
): MapLibre {
  const place = pin
    ? { center: [pin.longitude, pin.latitude] as [number, number], zoom }
    : {
        bounds: [southWest.longitude, southWest.latitude, northEast.longitude, northEast.latitude] as never,
        fitBoundsOptions: { padding: CITY_PADDING },
      };
  try {
    const map = new MapLibre({
      container,
      style,
      ...place,
      locale: texts[locale].controls,
      maxZoom: 19,
      interactive: !still,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: false,
      fadeDuration: 0,
    });
    map.keyboard.disableRotation();
    map.touchZoomRotate.disableRotation();
    if (!still) map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
    return map;
  } catch (error) {
    throw unavailable(error);
  }
}

function tellMoves(map: MapLibre, onMove: (center: Point, zoom: number) => void): void {
  const tell = () => {
    const { lat, lng } = map.getCenter();
    onMove({ latitude: lat, longitude: lng }, map.getZoom());
  };
  map.on('moveend', tell);
  tell();
}

/** A browser forgets what it drew once it is shown, so it has to be taken in the same moment. */
async function pictureOf(map: MapLibre): Promise<string> {
  const url = map.once('render').then(() => map.getCanvas().toDataURL('image/jpeg', 0.85));
  map.triggerRepaint();
  return url;
}

function drawn(map: MapLibre): Promise<void> {
  return new Promise((resolve, reject) => {
    map.once('load', () => resolve());
    map.once('error', ({ error }: ErrorEvent) => reject(error));
  });
}

async function ask<T>(url: string): Promise<T> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return await response.json();
  } catch (error) {
    throw unavailable(error);
  }
}

function styleUrl(origin: string, theme: MapTheme): string {
  return new URL(`${origin}${mapRoutes.style}?theme=${theme}`, location.href).href;
}

function unavailable(cause: unknown): MapUnavailable {
  return new MapUnavailable(cause instanceof Error ? cause.message : String(cause), { cause });
}

function calm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
