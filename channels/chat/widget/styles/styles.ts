import type { CSSResult } from 'lit';
import { base } from './base.ts';
import { cards } from './cards.ts';
import { composer } from './composer.ts';
import { header } from './header.ts';
import { messages } from './messages.ts';
import { panel } from './panel.ts';

export { darkSurface, lightSurface } from './base.ts';
export const styles: CSSResult[] = [base, panel, header, messages, composer, cards];
