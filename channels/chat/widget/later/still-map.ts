import { drawMap } from './load-map.ts';

const ZOOM = 15;

/**
 * Fills an element that names a point by its `data-…` with a still map: at once where the connection allows, or else
 * when its button is pressed.
 */
export function showPlace(frame: HTMLElement): void {
  const { latitude, longitude, failed = '' } = frame.dataset;
  const button = frame.querySelector('button');
  const draw = async () => {
    const container = document.createElement('div');
    container.className = 'map-canvas';
    frame.replaceChildren(container);
    try {
      await drawMap({
        container,
        origin: location.origin,
        locale: document.documentElement.lang === 'en' ? 'en' : 'es',
        pin: { latitude: Number(latitude), longitude: Number(longitude) },
        zoom: ZOOM,
        still: true,
      });
    } catch {
      frame.textContent = failed;
    }
  };
  frame.hidden = false;
  button?.addEventListener('click', () => void draw());
  if (!isFrugal()) void draw();
}

/** Whoever counts bytes, or waits for them, asks for a map. Browsers that do not tell are taken to have room. */
function isFrugal(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean; effectiveType?: string } };
  return connection?.saveData === true || /2g|3g/.test(connection?.effectiveType ?? '');
}
