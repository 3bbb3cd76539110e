import { type Map as MapLibre, Marker } from 'maplibre-gl';
import type { Point } from '../server/contract/place.ts';
import { pointAt } from './point-at.ts';

const SHAPE =
  '<svg viewBox="0 0 30 40" width="30" height="40" aria-hidden="true"><path class="linea-map-pin-body" d="M15 39C13 34 2 25 2 14.5a13 13 0 0 1 26 0C28 25 17 34 15 39Z"/><circle class="linea-map-pin-eye" cx="15" cy="14.5" r="5"/></svg>';

export interface Pin {
  set(point: Point | null): void;
}

/** One pin, which can be dragged when somebody wants to know where to. */
export function createPin(map: MapLibre, label: string, onMove?: (point: Point) => void): Pin {
  const element = document.createElement('div');
  element.className = 'linea-map-pin';
  element.innerHTML = SHAPE;
  const marker = new Marker({ element, anchor: 'bottom', draggable: onMove !== undefined });
  let shown = false;
  marker.on('dragend', () => {
    const { lat, lng } = marker.getLngLat();
    onMove?.(pointAt(lat, lng));
  });
  return {
    set(point) {
      if (!point) {
        marker.remove();
        shown = false;
        return;
      }
      marker.setLngLat([point.longitude, point.latitude]);
      if (!shown) marker.addTo(map);
      element.setAttribute('role', 'img');
      element.setAttribute('aria-label', label);
      element.removeAttribute('tabindex');
      shown = true;
    },
  };
}
