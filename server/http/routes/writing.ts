import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import { addWord, readSpelling, removeWord } from '../../spelling/added-words.ts';
import { createSuggest } from '../../suggestions/suggest.ts';
import { countUses } from '../../suggestions/uses.ts';
import { readTranslations, translateMessages, translateReply } from '../../translation/translate-contact.ts';
import type { Register } from '../register.ts';

/** What helps people to write. */
export function writingRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, city, clock } = context;
  const suggest = createSuggest(context);

  register(api.suggestions, ({ operator, params }) => suggest(operator, params.id));

  register(api.suggestionFigures, () => countUses(database.db, clock.now()));

  register(api.conversationTranslations, ({ operator, params }) => readTranslations(context, operator, params.id));

  register(api.translateMessages, ({ operator, params, body }) =>
    translateMessages(context, operator, params.id, body.messageIds),
  );

  register(api.translateReply, ({ operator, params, body }) => translateReply(context, operator, params.id, body));

  register(api.spelling, ({ operator }) => readSpelling(database.db, city, operator));

  register(api.addWord, ({ operator, body, origin }) => unitOfWork((unit) => addWord(unit, operator, origin, body)));

  register(api.removeWord, async ({ operator, params, origin }) => {
    await unitOfWork((unit) => removeWord(unit, operator, origin, params.id));
    return { ok: true as const };
  });
}
