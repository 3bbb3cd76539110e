import type { FeatureCollection } from 'geojson';
import {
  type GeoJSONSource,
  type LngLat,
  type MapGeoJSONFeature,
  type MapLayerMouseEvent,
  type Map as MapLibre,
  Popup,
} from 'maplibre-gl';
import type { MapTheme, Point } from '../server/contract/place.ts';
import { openByKey } from './open-by-key.ts';

/** Something on the map that can be opened. */
export interface MapMarker {
  id: string;
  point: Point;
  /** Shown while the pointer rests on it. */
  label: string;
  /** CSS colour, dark enough for white on it. */
  colour: string;
  /** A sign or two upon it, so that no meaning hangs on colour alone. */
  mark?: string;
  onOpen?: () => void;
}

export interface Markers {
  set(markers: readonly MapMarker[]): void;
  /** Colours of what the theme decides; the style is about to be drawn anew. */
  repaint(theme: MapTheme): void;
}

const SOURCE = 'linea-markers';
const OPENED = [`${SOURCE}-points`, `${SOURCE}-groups`];
const EDGE: Record<MapTheme, string> = { light: '#ffffff', dark: '#151d21' };
const GROUP: Record<MapTheme, { fill: string; text: string }> = {
  light: { fill: '#33505c', text: '#ffffff' },
  dark: { fill: '#c3d6dd', text: '#10181d' },
};

/** Draws markers as a layer of the map: some thousands cost no more than a few, and those close together are one. */
export function showMarkers(map: MapLibre, firstTheme: MapTheme): Markers {
  let markers: readonly MapMarker[] = [];
  let theme = firstTheme;
  /** False from `repaint` on until the new style is there. */
  let styled = true;
  const popup = new Popup({ closeButton: false, closeOnClick: false, offset: 10, className: 'linea-map-label' });

  const draw = () => {
    if (!styled) return;
    const source = map.getSource<GeoJSONSource>(SOURCE);
    if (source) source.setData(collectionOf(markers));
    else if (markers.length > 0) addLayers(map, markers, theme);
  };
  map.on('style.load', () => {
    styled = true;
    draw();
  });
  const byId = (event: MapLayerMouseEvent) => markers.find(({ id }) => id === event.features?.[0]?.properties.id);

  /** Opens a marker; of several that are one, goes closer until they part. */
  const open = async ({ properties }: MapGeoJSONFeature, at: LngLat) => {
    const source = map.getSource<GeoJSONSource>(SOURCE);
    if (properties.cluster_id === undefined) return markers.find(({ id }) => id === properties.id)?.onOpen?.();
    if (source) map.easeTo({ center: at, zoom: await source.getClusterExpansionZoom(Number(properties.cluster_id)) });
  };
  for (const layer of OPENED) {
    map.on('click', layer, (event) => {
      const [feature] = event.features ?? [];
      if (feature) void open(feature, event.lngLat);
    });
  }
  for (const layer of OPENED) {
    map.on('mouseenter', layer, (event) => {
      map.getCanvas().style.cursor = 'pointer';
      const marker = byId(event);
      if (marker) popup.setLngLat([marker.point.longitude, marker.point.latitude]).setText(marker.label).addTo(map);
    });
    map.on('mouseleave', layer, () => {
      map.getCanvas().style.cursor = '';
      popup.remove();
    });
  }

  let byKey = false;
  const reachable = () => {
    if (!byKey) openByKey(map, OPENED, (feature) => void open(feature, map.getCenter()));
    byKey = true;
  };

  return {
    set(news) {
      if (markers.length === 0 && news.length > 0) reachable();
      markers = news;
      draw();
    },
    repaint(news) {
      theme = news;
      styled = false;
    },
  };
}

function addLayers(map: MapLibre, markers: readonly MapMarker[], theme: MapTheme): void {
  map.addSource(SOURCE, {
    type: 'geojson',
    data: collectionOf(markers),
    cluster: true,
    clusterRadius: 36,
    clusterMaxZoom: 15,
  });
  map.addLayer({
    id: `${SOURCE}-points`,
    type: 'circle',
    source: SOURCE,
    filter: ['!', ['has', 'point_count']],
    paint: {
      'circle-radius': 9,
      'circle-color': ['get', 'colour'],
      'circle-stroke-width': 2,
      'circle-stroke-color': EDGE[theme],
    },
  });
  map.addLayer({
    id: `${SOURCE}-marks`,
    type: 'symbol',
    source: SOURCE,
    filter: ['has', 'mark'],
    layout: {
      'text-field': ['get', 'mark'],
      'text-font': ['sans-serif'],
      'text-size': 12,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': '#ffffff' },
  });
  map.addLayer({
    id: `${SOURCE}-groups`,
    type: 'circle',
    source: SOURCE,
    filter: ['has', 'point_count'],
    paint: {
      'circle-radius': ['step', ['get', 'point_count'], 14, 10, 17, 50, 21],
      'circle-color': GROUP[theme].fill,
      'circle-stroke-width': 2,
      'circle-stroke-color': EDGE[theme],
    },
  });
  map.addLayer({
    id: `${SOURCE}-counts`,
    type: 'symbol',
    source: SOURCE,
    filter: ['has', 'point_count'],
    layout: {
      'text-field': ['get', 'point_count_abbreviated'],
      'text-font': ['sans-serif'],
      'text-size': 13,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': GROUP[theme].text },
  });
}

function collectionOf(markers: readonly MapMarker[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: markers.map(({ id, colour, mark, point }) => ({
      type: 'Feature',
      properties: { id, colour, ...(mark ? { mark } : {}) },
      geometry: { type: 'Point', coordinates: [point.longitude, point.latitude] },
    })),
  };
}
