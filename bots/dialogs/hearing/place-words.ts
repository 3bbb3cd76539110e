import { wordsOf } from '../../understanding/normalise.ts';

/** What begins to tell a place by itself. */
const PLAINLY =
  /(?:^|\s)(?:(?:en|sobre|por|entre) )?(?:(?:la|el|las|los|mi) )?(?:calle|avenida|av\.?|boulevard|blvd\.?|bulevar|calz(?:ada)?\.?|col\.?|colonia|fracc\.?|fraccionamiento|andador|callej[oó]n|privada|prol\.?|prolongaci[oó]n|carretera|esquina|esq\.?|unidad habitacional|infonavit|corner of|street|avenue)\s+(?!(?:era|es|est[aá]|muy|donde|que|de mi|y|no|ya)\b)\S/iu;
/** What may tell a place, or anything else. */
const PERHAPS =
  /(?:^|\s)(?:en|sobre|por|entre|frente a(?:l)?|enfrente de(?:l)?|junto a(?:l)?|a un lado de(?:l)?|al lado de(?:l)?|cerca de(?:l)?|atr[aá]s de(?:l)?|detr[aá]s de(?:l)?|a la altura de(?:l)?|a la vuelta de(?:l)?|at|on|near|in front of|next to|between)\s+\S/iu;
/** Where what tells a place ends and the story goes on. */
const STORY =
  /\s+(?:que|q|desde|porque|xq|porq|pero|hace|ya|nadie|cuando|est[aá]n?|hay|lleva|llevan|tiene|tienen|y (?:ya|no|nadie|hay|est[aá]|tambi[eé]n|me|se|la gente|los|cada|cuando)|that|which|since|because|but|and (?:it|there|nobody|the))\s+.*$/iu;
/** «En mi calle», «en la esquina»: no place that anybody else could find. */
const NOWHERE =
  /^(?:(?:en|por|frente a|enfrente de|afuera de|a|la|el|mi|de|esta|este|toda|toda la|at|on|in|my|our|the|near) )*(?:calle|cuadra|casa|esquina|colonia|zona|banqueta|via publica|ciudad|aqui|street|house|corner|neighbourhood|neighborhood|block|lugar|rumbo|rumbos|puerta|noche|noches|manana|mananas|tarde|madrugada|dia|dias|vecindario|ciudad)(?: (?:donde vivo|de mi casa|publica|where i live))?$/;

/** The part of a text that seems to tell where something is, and whether it plainly does. */
export interface PlaceWords {
  text: string;
  plainly: boolean;
}

/** Takes what tells the place out of a report: «en Xalapa esquina con España, colonia Zaragoza». */
export function findPlaceWords(report: string): PlaceWords | null {
  const clauses = report.split(/[,;.\n!?¡¿]+(?=\s|$)/).map((clause) => clause.trim());
  const found = clauses.flatMap((clause) => {
    const plain = PLAINLY.exec(clause);
    const perhaps = PERHAPS.exec(clause);
    const at = Math.min(plain?.index ?? Number.POSITIVE_INFINITY, perhaps?.index ?? Number.POSITIVE_INFINITY);
    if (at === Number.POSITIVE_INFINITY) return [];
    const text = clause.slice(at).trim().replace(STORY, '');
    return NOWHERE.test(wordsOf(text).join(' ')) ? [] : [{ text, plainly: plain !== null }];
  });
  if (found.length === 0) return null;
  return { text: found.map(({ text }) => text).join(', '), plainly: found.some(({ plainly }) => plainly) };
}

const MINE = /\b(?:mi|nuestra|my|our) (?:calle|cuadra|casa|esquina|colonia|banqueta|street|house|corner)$/;

/** «Hay un bache muy grande en mi calle»: tells what there is, and where only to who knows the writer. */
export const tellsWhereToFriends = (text: string): boolean => MINE.test(wordsOf(text).join(' '));

/** What is said around a place that is asked for: «es en», «queda sobre». */
export function withoutLead(text: string): string {
  return text
    .trim()
    .replace(
      /^(?:(?:no|pues|mira|bueno|es|est[aá]|queda|fue|aqu[ií]|ahi|ah[ií]|it'?s|it is|the place is|la direcci[oó]n es|el lugar es)[\s,:]+)+/iu,
      '',
    )
    .replace(/^(?:en|por|at|in|on)\s+/iu, '');
}
