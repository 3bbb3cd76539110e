import type { ChannelName } from '../contract/channel.ts';
import { type CannedValues, fillVariables } from '../contract/fill-variables.ts';
import type { Hint } from '../contract/hint.ts';
import type { CannedReply } from '../contract/http.ts';
import { MOST_ARTICLES, type SuggestedArticle, type SuggestedReply } from '../contract/suggestion.ts';
import { inFormOf } from './in-form-of.ts';

export interface Material {
  hint: Hint;
  channel: ChannelName;
  /** Articles that may be quoted today, in the order of the hint. */
  articles: readonly { id: string; title: string; body: string }[];
  /** A canned reply about the same as what was said. */
  canned: CannedReply | null;
  values: CannedValues;
  /** What stands around an answer by mail, `{text}` in its place. */
  letter(text: string): string;
}

/** What is shown to whoever answers. A case of theirs comes before an article, an article before a canned reply. */
export function composeSuggestions(material: Material): { articles: SuggestedArticle[]; reply: SuggestedReply | null } {
  const { hint, channel, values, letter } = material;
  const certaintyOf = new Map(hint.about.map(({ id, certainty }) => [id, certainty]));
  const written = (text: string) => fillVariables(inFormOf(channel, text, letter), values);
  const articles = material.articles.slice(0, MOST_ARTICLES).map(({ id, title, body }) => ({
    id,
    title,
    certainty: certaintyOf.get(id) ?? 'maybe',
    text: written(body),
    language: hint.locale,
  }));
  // Nobody on the telephone reads: there the articles are for whoever speaks.
  return { articles, reply: channel === 'voice' ? null : replyOf(material, articles[0], written) };
}

function replyOf(
  { hint, canned, values }: Material,
  article: SuggestedArticle | undefined,
  written: (text: string) => string,
): SuggestedReply | null {
  const { status, wording, locale: language } = hint;
  if (status) {
    const { folio: id, title, text } = status;
    return { kind: 'case', id, title, text: written(text), language, model: null };
  }
  if (article) {
    const shaped = wording?.id === article.id ? wording : null;
    const text = shaped ? written(shaped.text) : article.text;
    return { kind: 'article', id: article.id, title: article.title, text, language, model: shaped?.model ?? null };
  }
  if (!canned) return null;
  const { id, title, body } = canned;
  return { kind: 'canned', id, title, text: fillVariables(body, values), language: 'es', model: null };
}
