import { html, type TemplateResult } from 'lit';

/** A pin whose tip is the place. */
export function pin(height: number): TemplateResult {
  return html`<svg class="pin" viewBox="0 0 24 30" height=${height} aria-hidden="true">
    <path d="M12 29S2 18.500 2 11.500a10 10 0 0 1 20 0C22 18.500 12 29 12 29Z"></path><circle cx="12" cy="11.500" r="4"></circle>
  </svg>`;
}
