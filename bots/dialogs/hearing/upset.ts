import { wordsOf } from '../../understanding/normalise.ts';

/** Aimed at whoever reads it. */
const INSULT =
  /\b(?:(?:son|eres|estan|you are|youre|bola de|puros|partida de|hatajo de|manada de) (?:(?:unos?|unas?|bien|muy|todos|a|an|all|bunch of|such) )*(?:inutil(?:es)?|idiotas?|imbecil(?:es)?|estupid[oa]s?|pendej[oa]s?|rater[oa]s?|ladron(?:es)?|corrupt[oa]s?|incompetentes?|buenos para nada|huevon(?:es)?|mediocres|useless|idiots?|stupid|thieves|morons?|incompetent)|pendej[oa]s|chinguen|chinga (?:a )?tu madre|chingad[ao] madre|vayanse a la|vete a la|hijos? de (?:puta|perra|su)|hdp|no sirven? (?:para|de) nada|valen (?:verga|madre)|fuck you|fuck off|inutiles|imbeciles)\b/;
const DESPAIR =
  /\b(?:nadie (?:me |nos )?(?:hace|hacen) caso|nadie (?:me |nos )?(?:escucha|ayuda|atiende|responde|contesta|resuelve)|estoy (?:muy |bien |tan )?(?:desesperad[oa]|hart[oa]|furios[oa]|encabronad[oa]|enojadisim[oa])|estamos (?:muy |ya )?(?:desesperad[oa]s|hart[oa]s)|ya no se que (?:hacer|mas hacer)|ya no (?:aguanto|puedo) mas|se (?:burlan|rien) de (?:mi|nosotros|uno|la gente)|(?:ya )?me cans[eo] de|puras mentiras|siempre (?:dicen|es) lo mismo y (?:no|nada|nunca)|nobody (?:listens|helps|cares|answers)|i am desperate|im desperate|fed up|sick (?:and tired )?of (?:this|you))\b/;
/** Strong words that people use of potholes, too. */
const SWEARING =
  /\b(?:pinches?|ching(?:ad[oa]s?|ar|uen|an)|mierdas?|verga|cabron(?:es)?|carajo|puta|puto|porqueria|maldit[oa]s?|fuck(?:ing)?|shit|damn)\b/;
const FEWEST_LETTERS = 12;
const LOUD = 0.7;

/** Whether somebody is past talking to a machine: despair, insults, or swearing at the top of their voice. */
export function isUpset(text: string): boolean {
  const plain = wordsOf(text).join(' ');
  return DESPAIR.test(plain) || INSULT.test(plain) || (isLoud(text) && SWEARING.test(plain));
}

function isLoud(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const capitals = text.match(/\p{Lu}/gu) ?? [];
  return letters.length >= FEWEST_LETTERS && capitals.length / letters.length >= LOUD;
}
