import type { Bot } from '../server/contract/bot.ts';
import { converse } from './dialogs/converse.ts';
import { dialogs } from './dialogs/dialogs.ts';
import { compareAside } from './evaluation/compare-aside.ts';
import { aboutOne, hintFor } from './hint/hint.ts';
import { adviceOf } from './language-model/advice.ts';
import type { LanguageModel } from './language-model/open-ai.ts';
import { recogniserOf, understand } from './understanding/understand.ts';

/**
 * The bot as the server knows it. One instance serves all conversations at once. The SDK weighs as much as a quarter of
 * the server: it is loaded when somebody first speaks to the bot.
 */
/** @param model may advise it; without one it goes by its own words */
export function createBot(model: LanguageModel | null = null): Bot {
  let loading: Promise<Bot> | null = null;
  async function load(): Promise<Bot> {
    const [{ BotbuilderBot }, { dialogHost }] = await Promise.all([
      import('./botbuilder-adapter.ts'),
      import('./dialogs/dialog-host.ts'),
    ]);
    return new BotbuilderBot(
      converse(understand, model ? ({ citizenName }) => adviceOf(model, [citizenName]) : undefined),
      dialogHost(dialogs),
    );
  }
  return {
    prepare: async (desk) => void (await recogniserOf(desk)),
    tryOut: compareAside,
    hint: (request, desk) =>
      hintFor(request, desk, understand, model && request.mayAskModel ? adviceOf(model, [request.citizenName]) : null),
    about: (text, desk) => aboutOne(text, desk, understand),
    async turn(turn, desk) {
      loading ??= load();
      return (await loading).turn(turn, desk);
    },
  };
}
