import maplibre from 'maplibre-gl/dist/maplibre-gl.css?inline';
import own from './city-map.css?inline';

let sheet: CSSStyleSheet | undefined;

/** Gives the map's styles to the document, or the shadow root, that holds it. Made by script, they need no exception of a policy. */
export function addStyles(container: HTMLElement): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(`${maplibre}\n${own}`);
  }
  const root = container.getRootNode();
  const holder = root instanceof ShadowRoot ? root : document;
  if (!holder.adoptedStyleSheets.includes(sheet)) holder.adoptedStyleSheets = [...holder.adoptedStyleSheets, sheet];
}
