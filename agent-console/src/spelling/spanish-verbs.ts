const GERUND = /^(\p{L}+)([áé])ndo(?:(?:me|te|se|nos)?(?:l[oa]s?|les?)|me|te|se|nos)$/u;

/** «pagando» of «pagándolo»; null for what is no gerund with a pronoun. */
export function withoutPronouns(word: string): string | null {
  const [, stem, vowel] = GERUND.exec(word) ?? [];
  return stem ? `${stem}${vowel === 'á' ? 'a' : 'e'}ndo` : null;
}
