/** Somebody for whom another person reports. */
export interface OnBehalf {
  /** «mi mamá»; null when only a name was given. */
  relation: string | null;
  name: string | null;
}

const RELATION =
  'mam[aá]|pap[aá]|madre|padre|abuel[oa]|abuelit[oa]|vecin[oa]|herman[oa]|espos[oa]|t[ií][oa]|suegr[oa]|hij[oa]|amig[oa]|prim[oa]|mother|father|grandmother|grandfather|neighbou?r|sister|brother|wife|husband|aunt|uncle|friend';
const NAME = "\\p{Lu}[\\p{L}'.]+(?:\\s+(?:de|del|la)?\\s*\\p{Lu}[\\p{L}'.]+){0,3}";
const TITLE = '(?:(?:la\\s+se[nñ]ora|el\\s+se[nñ]or|do[nñ]a|don|mrs\\.?|mr\\.?)\\s+)?';
const FOR = new RegExp(
  `(?:(?:reporto|reportar|reportarlo|reportando|pido|pedir|escribo|llamo|hablo|es|reporting|writing|asking)\\s+(?:esto\\s+|this\\s+)?(?:por|para|de parte de|a nombre de|en nombre de|for|on behalf of)|a nombre de|en nombre de|de parte de|on behalf of)\\s+(?:(?:mi|my)\\s+(${RELATION})(?!\\p{L})(?:,?\\s+(?:que se llama\\s+)?${TITLE}(${NAME}))?|${TITLE}(${NAME}))`,
  'u',
);

/** «Reporto por mi mamá, Rosa Díaz»; null when they speak for themselves. */
export function findOnBehalf(text: string): OnBehalf | null {
  const found = FOR.exec(text.replace(/^\p{L}/u, (letter) => letter.toLowerCase()));
  if (!found) return null;
  return { relation: found[1]?.toLowerCase() ?? null, name: found[2] ?? found[3] ?? null };
}
