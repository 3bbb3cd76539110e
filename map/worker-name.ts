/** File of MapLibre's worker, beside `city-map.js`. */
export const WORKER = 'map-worker.js';
