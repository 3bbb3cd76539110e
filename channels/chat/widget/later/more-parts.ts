import { html } from 'lit';
import type { More } from '../more.ts';
import { LineaChatEnding } from './ending.ts';
import { LineaChatFolio } from './folio-card.ts';
import { LineaChatMap } from './map-sheet.ts';
import { LineaChatPlace } from './place-bubble.ts';
import { LineaChatRequest } from './request-buttons.ts';
import { styles } from './styles/later-styles.ts';
import { LineaChatSuggestions } from './suggestions.ts';

customElements.define('linea-chat-ending', LineaChatEnding);
customElements.define('linea-chat-folio', LineaChatFolio);
customElements.define('linea-chat-map', LineaChatMap);
customElements.define('linea-chat-place', LineaChatPlace);
customElements.define('linea-chat-request', LineaChatRequest);
customElements.define('linea-chat-suggestions', LineaChatSuggestions);

/** `/widget/more.js`, see `More`. */
export const more: More = {
  styles,
  folio: (part, isNews, chat) =>
    html`<linea-chat-folio .chat=${chat} .card=${part} .news=${isNews}></linea-chat-folio>`,
  place: (part, chat) => html`<linea-chat-place .chat=${chat} .place=${part}></linea-chat-place>`,
  request: (wants, refusable, chat) =>
    html`<linea-chat-request .chat=${chat} .wants=${wants} .refusable=${refusable}></linea-chat-request>`,
};
