interface Standing {
  number: number;
  version: number;
}

/**
 * Whether news of a resident's contact tell of an earlier time than what is known already. Its state and its place in
 * the queue are read and told side by side, so they may overtake each other. Free of schemas, for the browser.
 */
export const isOlderNews = (news: Standing, known: Standing | null): boolean =>
  known !== null && (news.number < known.number || (news.number === known.number && news.version < known.version));
