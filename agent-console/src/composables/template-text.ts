import type { TemplateChoice } from '../../../server/contract/messaging.ts';

/** A stretch of a template's text: its own words, what was filled in, or the example of what is still missing. */
export interface TemplatePiece {
  text: string;
  kind: 'words' | 'filled' | 'example';
}

/** The text of a template with what is filled in so far; where nothing is, the example stands. */
export function templatePieces(
  { body, variables }: Pick<TemplateChoice, 'body' | 'variables'>,
  values: readonly string[],
): TemplatePiece[] {
  return body
    .split(/\{\{(\d+)\}\}/)
    .map((text, index): TemplatePiece => {
      if (index % 2 === 0) return { text, kind: 'words' };
      const at = Number(text) - 1;
      const value = values[at]?.trim();
      return value ? { text: value, kind: 'filled' } : { text: variables[at]?.example ?? '', kind: 'example' };
    })
    .filter(({ text }) => text !== '');
}

/** What goes to the server: every variable in order, or null while one is missing. */
export function filledVariables(
  { variables }: Pick<TemplateChoice, 'variables'>,
  values: readonly string[],
): string[] | null {
  const filled = variables.map((_, at) => values[at]?.trim() ?? '');
  return filled.every((value) => value !== '') ? filled : null;
}
