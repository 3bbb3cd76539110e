import type { More } from '../more.ts';
import { LineaChatCall } from './call-door.ts';
import { LineaChatEnding } from './ending.ts';
import { LineaChatFolio } from './folio-card.ts';
import { LineaChatLink } from './link-sheet.ts';
import { LineaChatMap } from './map-sheet.ts';
import { LineaChatPlace } from './place-bubble.ts';
import { LineaChatRequest } from './request-buttons.ts';
import { styles } from './styles/later-styles.ts';
import { LineaChatSuggestions } from './suggestions.ts';

customElements.define('linea-chat-call', LineaChatCall);
customElements.define('linea-chat-ending', LineaChatEnding);
customElements.define('linea-chat-folio', LineaChatFolio);
customElements.define('linea-chat-link', LineaChatLink);
customElements.define('linea-chat-map', LineaChatMap);
customElements.define('linea-chat-place', LineaChatPlace);
customElements.define('linea-chat-request', LineaChatRequest);
customElements.define('linea-chat-suggestions', LineaChatSuggestions);

/** `/widget/more.js`, see `More`. */
export const more: More = { styles };
