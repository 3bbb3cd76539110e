/** What `{{variables}}` of a canned reply stand for here. */
export type CannedValues = Record<'citizen.name' | 'operator.name' | 'city.name' | 'ticket.number', string>;

const VARIABLE = /(,? ?)\{\{\s*([\w.]+)\s*\}\}(?:(, )(\p{L})?)?/gu;

/**
 * The text with its variables filled in. One without a value takes its comma with it: `Hola, {{citizen.name}}.` becomes
 * `Hola.`, and `{{citizen.name}}, esto…` becomes `Esto…`.
 */
export function fillVariables(body: string, values: CannedValues): string {
  return body.replace(VARIABLE, (_, before: string, name: string, comma = '', letter = '') => {
    const value = values[name as keyof CannedValues];
    if (value) return `${before}${value}${comma}${letter}`;
    return before === '' ? letter.toUpperCase() : `${comma}${letter}`;
  });
}
