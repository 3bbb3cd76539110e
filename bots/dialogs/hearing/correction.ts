/** What of a report somebody wants otherwise. */
export type Slot = 'service' | 'place' | 'words' | 'photo' | 'answers' | 'contact';

export interface Correction {
  slot: Slot;
  /** What it should be; null: they have not said yet. */
  value: string | null;
}

const slots: readonly (readonly [Slot, string])[] = [
  ['place', 'direcci[oó]n|lugar|ubicaci[oó]n|calle|colonia|esquina|place|address|location|street|corner'],
  ['service', 'servicio|tipo(?: de reporte)?|categor[ií]a|problema|type|kind|category'],
  ['words', 'descripci[oó]n|detalles?|texto|description|details?|text'],
  ['photo', 'fotos?|foto|imagen|photos?|picture'],
  ['answers', 'respuestas?|answers?'],
  ['contact', 'nombre|tel[eé]fono|n[uú]mero|correo|datos|contacto|name|phone|number|e-?mail|contact'],
];

const CHANGE =
  '(?:cambia(?:r|le|me|lo)?|corrige|corregir|modifica(?:r)?|change|correct|fix|edit|me equivoqu[eé] (?:de|en)|est[aá] mal|wrong)';
const OF = '(?:\\s+(?:la|el|los|las|mi|mis|de|del|en|the|my)){0,3}\\s+';
const VALUE = '(?:\\s*[:,]?\\s*(?:a|por|es|to|is|should be|debe ser)\\s+(.+))?';

const changes = slots.map(
  ([slot, names]) => [slot, new RegExp(`\\b${CHANGE}${OF}(?:${names})\\b(?: correct[ao])?${VALUE}`, 'isu')] as const,
);
/** «La dirección es…», «la colonia correcta es…». */
const STATED =
  /\b(?:la|el|the|mi|my)\s+(direcci[oó]n|lugar|calle|colonia|ubicaci[oó]n|address|place|street|location)\s+(?:correct[ao]\s+)?(?:es|is)\s+(.+)$/isu;
/** «No, es en la colonia Reforma», «en realidad está en…», «me equivoqué, es en…». */
const ELSEWHERE =
  /(?:^(?:no|perd[oó]n|perdona|disculpa|espera|sorry|ups|wait)\b[\s,.]+(?:\S+\s+){0,4}?|\b(?:en realidad|me equivoqu[eé]|quise decir|m[aá]s bien|mejor dicho|actually|i meant)[\s,.]+(?:que\s+)?)(?:(?:es|est[aá]|queda|fue|era|it'?s|it is)\s+)?((?:en|sobre|at|on|in)\s+.+)$/isu;
/** «No era bache, es fuga»; «no es un bache sino una fuga». */
const NOT_THIS =
  /\b(?:no\s+(?:es|era|fue|son|eran)|it'?s not|it is not|it was not|it wasn'?t)\s+(?!en\b|on\b|at\b|in\b).{2,60}?(?:,|;|\.|\bsino\b|\bpero\b|\bbut\b)\s*(?:sino\s+)?(?:(?:que\s+)?(?:es|era|son|it'?s|it is)\s+)?(.+)$/isu;

/** What a text corrects; null when it corrects nothing. */
export function findCorrection(text: string): Correction | null {
  const elsewhere = ELSEWHERE.exec(text)?.[1];
  if (elsewhere) return { slot: 'place', value: elsewhere };
  const stated = STATED.exec(text)?.[2];
  if (stated) return { slot: 'place', value: stated };
  for (const [slot, pattern] of changes) {
    const found = pattern.exec(text);
    if (found) return { slot, value: found[1]?.trim() || null };
  }
  const instead = NOT_THIS.exec(text)?.[1];
  return instead ? { slot: 'service', value: instead } : null;
}
