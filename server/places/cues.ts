import type { Word } from './words.ts';

/**
 * What stands before a name and tells how it is meant: «col.», «calle», «esquina con», «frente al», «en»; a `person`
 * bears the name in «el señor Hidalgo».
 */
export type CueKind = 'colonia' | 'street' | 'corner' | 'beside' | 'in' | 'of' | 'person';

export interface Cue {
  kind: CueKind;
  /** Where it begins. */
  from: number;
}

const words: Record<CueKind, string> = {
  colonia:
    'col colonia colonias fracc frac fraccionamiento barrio infonavit unidad habitacional congregacion residencial poblado localidad comunidad ejido pueblo',
  street:
    'calle calles c av avda ave avenida blvd boul blv bulevar boulevard calz calzada carretera carr callejon andador privada priv cerrada prolongacion prol circuito camino',
  corner: 'esquina esquinas esq cruce crucero cruza entre e',
  beside:
    'frente enfrente atras detras junto lado costado espaldas espalda cerca cerquita afuera fuera altura contraesquina pasando adelante antes despues alrededor',
  in: 'en por sobre hacia x',
  of: 'de desde hasta a',
  person:
    'senor senora sr sra don dona ing ingeniero ingeniera lic licenciado licenciada doctor doctora dr dra profesor profesora profe maestro maestra arquitecto regidor regidora alcalde alcaldesa presidente presidenta director directora familia llamo llama nombre apellido atentamente atte senorita srita oficial',
};
const kinds = new Map<string, CueKind>(
  Object.entries(words).flatMap(([kind, list]) => list.split(' ').map((word) => [word, kind as CueKind] as const)),
);

export const ARTICLES = new Set('el la los las'.split(' '));
const CONTRACTED = new Set('del al'.split(' '));

/** Of those before «de la Reforma» who live or are there: «los vecinos de», «soy de», «el parque de». */
const OF_A_PLACE = new Set(
  'soy somos vecino vecina vecinos vecinas gente colono colonos habitante habitantes residentes parque cancha canchas iglesia escuela primaria secundaria tienda entrada salida calles zona parte rumbo llegando entrando calle esquina mercado aqui aca fui voy vamos camion panteon kinder clinica'.split(
    ' ',
  ),
);

/** What kind of cue a single word is. */
export function cueKindOf(word: Word | undefined): CueKind | undefined {
  return word && kinds.get(word.plain);
}

/** The article directly before a word, «el» for «del» and «al» too. */
export function articleBefore(text: readonly Word[], at: number): string | null {
  const word = text[at - 1];
  if (!word || word.endsClause) return null;
  if (CONTRACTED.has(word.plain)) return 'el';
  return ARTICLES.has(word.plain) ? word.plain : null;
}

/** The cue of a name that begins at `at`, articles and «de», «con» and «a» between them apart. */
export function cueBefore(text: readonly Word[], at: number): Cue | null {
  let i = at - 1;
  const reaches = () => i >= 0 && !text[i]?.endsClause;
  while (reaches() && ARTICLES.has(text[i]?.plain ?? '')) i -= 1;
  if (!reaches()) return null;
  const direct = kinds.get(text[i]?.plain ?? '');
  if (direct && direct !== 'of') return { kind: direct, from: startOfCue(text, i) };
  const linked = direct === 'of' || CONTRACTED.has(text[i]?.plain ?? '') || text[i]?.plain === 'con';
  if (!linked || i === 0 || text[i - 1]?.endsClause) return null;
  const before = text[i - 1];
  const kind = kinds.get(before?.plain ?? '');
  if (kind === 'corner' || kind === 'beside' || kind === 'colonia') return { kind, from: startOfCue(text, i - 1) };
  return OF_A_PLACE.has(before?.plain ?? '') ? { kind: 'of', from: i } : null;
}

/** «a un lado de», «a la altura de», «a espaldas de» begin before their word. */
export function startOfCue(text: readonly Word[], at: number): number {
  let i = at;
  while (i > 0 && !text[i - 1]?.endsClause && ['a', 'al', 'un', 'la', 'por', 'en'].includes(text[i - 1]?.plain ?? '')) {
    i -= 1;
  }
  return i;
}
