import type { FeatureCollection } from 'geojson';
import { type GeoJSONSource, type MapLayerMouseEvent, type Map as MapLibre, Popup } from 'maplibre-gl';
import type { MapTheme, Point } from '../server/contract/place.ts';

/** Something on the map that can be opened. */
export interface MapMarker {
  id: string;
  point: Point;
  /** Shown while the pointer rests on it. */
  label: string;
  /** CSS colour. */
  colour: string;
  onOpen?: () => void;
}

export interface Markers {
  set(markers: readonly MapMarker[]): void;
  /** Colours of what the theme decides; the style is about to be drawn anew. */
  repaint(theme: MapTheme): void;
}

const SOURCE = 'linea-markers';
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

  map.on('click', `${SOURCE}-points`, (event) => byId(event)?.onOpen?.());
  map.on('click', `${SOURCE}-groups`, async (event) => {
    const group = event.features?.[0];
    const source = map.getSource<GeoJSONSource>(SOURCE);
    if (!group || !source) return;
    const zoom = await source.getClusterExpansionZoom(Number(group.properties.cluster_id));
    map.easeTo({ center: event.lngLat, zoom });
  });
  for (const layer of [`${SOURCE}-points`, `${SOURCE}-groups`]) {
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

  return {
    set(news) {
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
      'circle-radius': 8,
      'circle-color': ['get', 'colour'],
      'circle-stroke-width': 2,
      'circle-stroke-color': EDGE[theme],
    },
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
    features: markers.map(({ id, colour, point }) => ({
      type: 'Feature',
      properties: { id, colour },
      geometry: { type: 'Point', coordinates: [point.longitude, point.latitude] },
    })),
  };
}
