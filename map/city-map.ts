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
  /** Makes it a picker: told where somebody clicks, drags the pin to, or presses Enter over. */
  onPick?: (point: Point) => void;
}

export interface CityMap {
  setPin(point: Point | null): void;
  /** Moves there; `zoom` 16 shows a street. */
  show(point: Point, zoom?: number): void;
  /** Points to choose from, those close together as one with their number. */
  setMarkers(markers: readonly MapMarker[]): void;
  setTheme(theme: MapTheme): void;
  remove(): void;
}

/** Why there is no map: no WebGL, no connection, or a page that forbids it. The reader then gets a list instead. */
export class MapUnavailable extends Error {
  override name = 'MapUnavailable';
}

const STREET_ZOOM = 16;
const CITY_PADDING = 12;

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
  setWorkerUrl(new URL(WORKER, /* @vite-ignore */ import.meta.url).href);
  const map = create(container, view, style as never, locale, options.pin ?? null);
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
  return {
    setPin: pin.set,
    show: ({ latitude, longitude }, zoom = STREET_ZOOM) =>
      void map.easeTo({ center: [longitude, latitude], zoom, duration: calm() ? 0 : 400 }),
    setMarkers: markers.set,
    setTheme(theme) {
      markers.repaint(theme);
      map.setStyle(styleUrl(origin, theme));
    },
    remove() {
      stopPicking?.();
      map.remove();
    },
  };
}

function create(
  container: HTMLElement,
  { bounds: { southWest, northEast } }: CityMapView,
  style: never,
  locale: MapLocale,
  pin: Point | null,
): MapLibre {
  const place = pin
    ? { center: [pin.longitude, pin.latitude] as [number, number], zoom: STREET_ZOOM }
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
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: false,
      fadeDuration: 0,
    });
    map.keyboard.disableRotation();
    map.touchZoomRotate.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
    return map;
  } catch (error) {
    throw unavailable(error);
  }
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
