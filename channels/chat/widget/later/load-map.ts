type MapModule = typeof import('./map.ts');

let loaded: Promise<MapModule> | null = null;
let tries = 0;

/** The map library, which weighs ten times the chat; asked for again after a failure. */
export function loadMap(origin: string): Promise<MapModule> {
  loaded ??= import(/* @vite-ignore */ `${origin}/widget/map.js${tries++ > 0 ? `?${tries}` : ''}`).catch((error) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

/** Whether a map can be drawn without loading anything first. */
export function isMapLoaded(): boolean {
  return loaded !== null;
}
