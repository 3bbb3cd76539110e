import type { MapGeoJSONFeature, Map as MapLibre } from 'maplibre-gl';

/** How far from the middle something still counts as being there, in pixels. */
const REACH = 40;

/** Enter opens what is nearest to the middle of the map, which the arrow keys move: for whoever has no mouse. */
export function openByKey(map: MapLibre, layers: readonly string[], open: (feature: MapGeoJSONFeature) => void): void {
  const container = map.getContainer();
  const crosshair = document.createElement('div');
  crosshair.className = 'linea-map-crosshair';
  crosshair.setAttribute('aria-hidden', 'true');
  container.append(crosshair);
  container.classList.add('linea-map-opens');

  map.getCanvas().addEventListener('keydown', (event) => {
    const present = layers.filter((layer) => map.getLayer(layer));
    if (event.key !== 'Enter' || present.length === 0) return;
    event.preventDefault();
    const { x, y } = map.project(map.getCenter());
    const away = ({ geometry }: MapGeoJSONFeature) => {
      const [longitude = 0, latitude = 0] = geometry.type === 'Point' ? geometry.coordinates : [];
      const at = map.project([longitude, latitude]);
      return Math.hypot(at.x - x, at.y - y);
    };
    const near = map.queryRenderedFeatures(
      [
        [x - REACH, y - REACH],
        [x + REACH, y + REACH],
      ],
      { layers: present },
    );
    const [nearest] = near.sort((a, b) => away(a) - away(b));
    if (nearest) open(nearest);
  });
}
