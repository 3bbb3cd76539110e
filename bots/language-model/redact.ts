/** What a model has no need to know, by what stands in its place. The longer patterns first: a CURP holds digits. */
const personal: readonly (readonly [RegExp, string])[] = [
  [/\bhttps?:\/\/\S+/gi, '[enlace]'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[correo]'],
  [/\b[A-Z]{2,5}-?20\d\d-?\d{1,9}\b/gi, '[folio]'],
  // CURP, RFC: letters and a date of birth.
  [/\b[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{2,8}\b/gi, '[clave]'],
  [/(?:\+?\d[\s().-]?){7,}\d/g, '[número]'],
  [
    /(?<=\b(?:[Ss]oy|[Mm]e llamo|[Mm]i nombre es|[Mm]y name is|I am|I'm)\s+)\p{Lu}\p{L}+(?:\s+\p{Lu}\p{L}+)*/gu,
    '[nombre]',
  ],
  // A street and its number: «Xalapa 450», «calle Zaragoza #12».
  [/(\p{Lu}\p{L}+)\s*(?:#|no\.?|núm\.?|número)?\s*\d{1,5}\b/gu, '[domicilio]'],
];

/** The text without what tells who wrote it: numbers, addresses, names. What stays is what they want. */
export function redact(text: string, names: readonly (string | null)[] = []): string {
  const withoutPatterns = personal.reduce((rest, [pattern, stand]) => rest.replace(pattern, stand), text);
  return names
    .flatMap((name) => name?.split(/\s+/) ?? [])
    .filter((word) => word.length > 2)
    .reduce((rest, word) => rest.replace(nameOf(word), '[nombre]'), withoutPatterns);
}

const nameOf = (word: string): RegExp => new RegExp(`(?<!\\p{L})${RegExp.escape(word)}(?!\\p{L})`, 'giu');
