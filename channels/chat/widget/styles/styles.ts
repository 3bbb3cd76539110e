import type { CSSResult } from 'lit';
import { base } from './base.ts';
import { bubbles } from './bubbles.ts';
import { cards } from './cards.ts';
import { choices } from './choices.ts';
import { composer } from './composer.ts';
import { conversation } from './conversation.ts';
import { header } from './header.ts';
import { panel } from './panel.ts';

export const styles: CSSResult[] = [base, panel, header, conversation, bubbles, choices, composer, cards];
