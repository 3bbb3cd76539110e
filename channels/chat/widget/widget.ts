import { LineaChat } from './components/linea-chat.ts';
import { LineaChatComposer } from './components/linea-chat-composer.ts';
import { LineaChatHeader } from './components/linea-chat-header.ts';
import { LineaChatIntroduction } from './components/linea-chat-introduction.ts';
import { LineaChatMessages } from './components/linea-chat-messages.ts';
import { LineaChatSheet } from './components/linea-chat-sheet.ts';
import { listenToPage } from './page-triggers.ts';
import { readScriptOptions } from './script-options.ts';

/** What `more.js` uses of this script, see `lent` in its build. */
export { css, html, LitElement, nothing, svg } from 'lit';
export { ChatPart } from './components/chat-part.ts';
export { FocusBack } from './components/focus-back.ts';
export { icon } from './components/icon.ts';
export { sayIn } from './locales/say.ts';

const options = readScriptOptions();

function define(): void {
  LineaChat.script = options;
  customElements.define('linea-chat-header', LineaChatHeader);
  customElements.define('linea-chat-messages', LineaChatMessages);
  customElements.define('linea-chat-introduction', LineaChatIntroduction);
  customElements.define('linea-chat-composer', LineaChatComposer);
  customElements.define('linea-chat-sheet', LineaChatSheet);
  customElements.define('linea-chat', LineaChat);
}

function insert(): void {
  const element = document.querySelector<LineaChat>('linea-chat') ?? document.createElement('linea-chat');
  if (!(element instanceof LineaChat)) return;
  if (!element.isConnected) document.body.append(element);
  listenToPage((...asked) => element.openBy(...asked));
}

// A site that carries the tag twice still gets one chat.
if (!customElements.get('linea-chat')) {
  define();
  if (document.body) insert();
  else document.addEventListener('DOMContentLoaded', insert, { once: true });
}
