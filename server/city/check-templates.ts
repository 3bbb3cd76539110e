import type { City } from '../contract/city.ts';
import type { Template } from '../contract/messaging.ts';
import type { CityProblem } from './city-error.ts';

/** What the system fills in by itself: of a case its folio and its status, of a call nothing. */
const FILLED_IN = { news: 2, call: 0 } as const;

/** What the provider would refuse of the city's templates, and what the server could not fill in. */
export function checkTemplates({ templates }: Pick<City, 'templates'>): CityProblem[] {
  return [
    ...twice(templates, ({ id }) => id),
    ...twice(templates, ({ name, language }) => `${name} (${language})`),
    ...twice(
      templates.filter(({ purpose }) => purpose !== 'conversation'),
      ({ purpose, language }) => `${purpose} (${language})`,
    ),
    ...templates.flatMap((template, i) =>
      [...variables(template), ...ends(template)].map((message) => problem(`[${i}].body`, message)),
    ),
    ...templates.flatMap(({ purpose, variables: given }, i) => {
      if (purpose === 'conversation' || given.length === FILLED_IN[purpose]) return [];
      const message =
        purpose === 'news'
          ? 'news has two variables: the folio and its status'
          : 'what is sent to callers has no variables';
      return problem(`[${i}].variables`, message);
    }),
  ];
}

function variables({ body, variables: given }: Template): string[] {
  const named = new Set([...body.matchAll(/\{\{(.*?)\}\}/g)].map(([, name]) => name));
  const expected = given.map((_, index) => String(index + 1));
  return [
    ...[...named].filter((name) => !expected.includes(name ?? '')).map((name) => `«{{${name}}}» is no variable of it`),
    ...expected.filter((name) => !named.has(name)).map((name) => `«{{${name}}}» is missing from it`),
  ];
}

/** Meta registers none that begins or ends so. */
function ends({ body }: Template): string[] {
  return /^\s*\{\{|\}\}\s*$/.test(body) ? ['it must neither begin nor end with a variable'] : [];
}

function twice(templates: readonly Template[], keyOf: (template: Template) => string): CityProblem[] {
  const keys = templates.map(keyOf);
  return [...new Set(keys.filter((key, i) => keys.indexOf(key) !== i))].map((key) =>
    problem(key, 'this template is given twice'),
  );
}

const problem = (key: string, message: string): CityProblem => ({ file: 'templates.yaml', key, message });
