import type { CityMap, CityMapModule, CityMapOptions } from '../../../../map/city-map.ts';

let loaded: Promise<CityMapModule> | null = null;
let tries = 0;

/**
 * Draws the city's map with a library that weighs ten times the chat and is loaded now; again after a failure.
 * Rejects where maps cannot be drawn.
 */
export async function drawMap(options: Omit<CityMapOptions, 'theme'>): Promise<CityMap> {
  const { openMap } = await load(options.origin);
  return openMap({ ...options, theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light' });
}

/** Whether a map can be drawn without loading anything first. */
export function isMapLoaded(): boolean {
  return loaded !== null;
}

function load(origin: string): Promise<CityMapModule> {
  loaded ??= import(/* @vite-ignore */ `${origin}/map/city-map.js${tries++ > 0 ? `?${tries}` : ''}`).catch((error) => {
    loaded = null;
    throw error;
  });
  return loaded;
}
