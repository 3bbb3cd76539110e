import type { Bot } from '../server/contract/bot.ts';
import { BotbuilderBot } from './botbuilder-adapter.ts';
import { converse } from './dialogs/converse.ts';
import { recogniserOf, understand } from './understanding/understand.ts';

/** The bot as the server knows it. One instance serves all conversations at once. */
export function createBot(): Bot {
  return new BotbuilderBot(converse(understand), recogniserOf);
}
