import { LineaChatCalling } from './calling.ts';

customElements.define('linea-chat-calling', LineaChatCalling);
