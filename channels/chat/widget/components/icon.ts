import { html, svg, type TemplateResult } from 'lit';

/** An icon of the collection. Decoration only: whatever it stands in carries the words. */
export function icon(drawing: TemplateResult<2>, size = 20): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" width=${size} height=${size} aria-hidden="true">${drawing}</svg>`;
}

/** The city's shield, in the colour of its surroundings, with the initial of its name. */
export function shield(cityName: string): TemplateResult {
  return html`<svg class="shield" viewBox="0 0 32 36" aria-hidden="true">
    ${svg`<path d="M16 1.5 30 6v11.5c0 8-5.6 13.6-14 17-8.400-3.400-14-9-14-17V6Z" fill="currentColor" fill-opacity=".16" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>
    <path d="M5.500 25.500c3.500-2.200 7-2.200 10.500 0s7 2.200 10.500 0" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>
    <text x="16" y="20" text-anchor="middle" font-size="13" font-weight="700" fill="currentColor">${cityName.charAt(0)}</text>`}
  </svg>`;
}
