import type { FeatureCollection } from 'geojson';
import type { StyleSpecification } from 'maplibre-gl';
import type { City } from '../contract/city.ts';
import type { MapTheme } from '../contract/place.ts';
import { boundsOf, cornersOf, middleOf } from './geometry.ts';

interface Colours {
  beyond: string;
  land: string;
  colonia: string;
  border: string;
  street: string;
  casing: string;
  landmark: string;
  label: string;
  quiet: string;
  halo: string;
}

const colours: Record<MapTheme, Colours> = {
  light: {
    beyond: '#dfe8ec',
    land: '#f3f1ea',
    colonia: '#ebe7dc',
    border: '#b9b2a0',
    street: '#ffffff',
    casing: '#d6cfbf',
    landmark: '#5b7a86',
    label: '#3d4448',
    quiet: '#6d6857',
    halo: '#fbfaf6',
  },
  dark: {
    beyond: '#10181d',
    land: '#1b2429',
    colonia: '#222d33',
    border: '#46555d',
    street: '#3d4a51',
    casing: '#151d21',
    landmark: '#8fb0bd',
    label: '#dbe3e6',
    quiet: '#a3b1b7',
    halo: '#151d21',
  },
};

/** Main roads are drawn broader. */
const MAIN = ['match', ['get', 'kind'], ['avenida', 'boulevard', 'calzada', 'carretera'], true, false];
/** No glyphs are named in the style: MapLibre then draws letters with the reader's own fonts, without any request. */
const FONT = ['sans-serif'];

/** A map of nothing but the city's content, as a MapLibre style: it needs no other server. */
export function mapStyle({ name, places }: Pick<City, 'name' | 'places'>, theme: MapTheme): StyleSpecification {
  const paint = colours[theme];
  const [west, south, east, north] = boundsOf(places.boundary.features.flatMap(({ geometry }) => cornersOf(geometry)));
  const source = (collection: keyof City['places']) => ({
    type: 'geojson' as const,
    data: { type: 'FeatureCollection' as const, features: places[collection].features } as never,
    attribution: attributionOf(places, collection),
  });
  return {
    version: 8,
    name,
    center: [(west + east) / 2, (south + north) / 2],
    sources: {
      boundary: source('boundary'),
      colonias: source('colonias'),
      'colonia-middles': { type: 'geojson', data: middlesOf(places.colonias) },
      streets: source('streets'),
      landmarks: source('landmarks'),
    },
    layers: [
      { id: 'beyond', type: 'background', paint: { 'background-color': paint.beyond } },
      { id: 'land', type: 'fill', source: 'boundary', paint: { 'fill-color': paint.land } },
      ...areas(paint),
      ...streets(paint),
      {
        id: 'boundary',
        type: 'line',
        source: 'boundary',
        paint: { 'line-color': paint.border, 'line-width': 1.5, 'line-dasharray': [4, 2] },
      },
      ...labels(paint),
    ],
  };
}

type Layers = StyleSpecification['layers'];

function areas(paint: Colours): Layers {
  const areas = { source: 'colonias', filter: ['!=', ['geometry-type'], 'Point'] } as never as { source: string };
  return [
    { id: 'colonias', type: 'fill', ...areas, paint: { 'fill-color': paint.colonia } },
    {
      id: 'colonia-edges',
      type: 'line',
      ...areas,
      paint: { 'line-color': paint.border, 'line-width': 0.6, 'line-opacity': 0.6 },
    },
  ];
}

function streets(paint: Colours): Layers {
  const width = (main: number, other: number) =>
    ['interpolate', ['exponential', 1.6], ['zoom'], 11, 1, 17, ['case', MAIN, main, other]] as never as number;
  const line = {
    type: 'line' as const,
    source: 'streets',
    layout: { 'line-cap': 'round' as const, 'line-join': 'round' as const },
  };
  return [
    { id: 'street-casings', ...line, paint: { 'line-color': paint.casing, 'line-width': width(16, 11) } },
    { id: 'streets', ...line, paint: { 'line-color': paint.street, 'line-width': width(13, 8.5) } },
  ];
}

function labels(paint: Colours): Layers {
  const halo = { 'text-halo-color': paint.halo, 'text-halo-width': 1.4 };
  return [
    {
      id: 'street-names',
      type: 'symbol',
      source: 'streets',
      minzoom: 13.5,
      layout: {
        'symbol-placement': 'line',
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': ['interpolate', ['linear'], ['zoom'], 13.5, 10, 17, 13],
        'symbol-spacing': 260,
      },
      paint: { 'text-color': paint.label, ...halo },
    },
    {
      id: 'landmarks',
      type: 'circle',
      source: 'landmarks',
      minzoom: 13.5,
      paint: {
        'circle-color': paint.landmark,
        'circle-radius': 3.5,
        'circle-stroke-color': paint.halo,
        'circle-stroke-width': 1.2,
      },
    },
    {
      id: 'landmark-names',
      type: 'symbol',
      source: 'landmarks',
      minzoom: 14,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': 11,
        'text-anchor': 'top',
        'text-offset': [0, 0.5],
        'text-max-width': 9,
      },
      paint: { 'text-color': paint.landmark, ...halo },
    },
    {
      id: 'colonia-names',
      type: 'symbol',
      source: 'colonia-middles',
      minzoom: 11,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': ['interpolate', ['linear'], ['zoom'], 11, 10, 15, 14],
        'text-letter-spacing': 0.04,
        'text-max-width': 8,
      },
      paint: { 'text-color': paint.quiet, ...halo },
    },
  ];
}

/** Where a colonia's name is written: an area has one on every tile it reaches into. */
function middlesOf({ features }: City['places']['colonias']): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: features.flatMap(({ properties: { name }, geometry }) => {
      if (!geometry) return [];
      const coordinates = geometry.type === 'Point' ? geometry.coordinates : middleOf(cornersOf(geometry));
      return { type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates } };
    }),
  };
}

/** Who drew it; content that is a sample never goes without a word about it. */
function attributionOf(places: City['places'], collection: keyof City['places']): string {
  const { attribution, sample } = places[collection];
  return attribution || (sample ? 'Trazo de muestra' : '');
}
