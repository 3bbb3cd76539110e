import type { City } from '../contract/city.ts';
import { departmentContentSchema, serviceContentSchema } from '../contract/content.ts';
import type { Phrase } from '../contract/errors.ts';
import { phraseSchema } from '../contract/phrase.ts';
import { departmentsFrom } from './departments/department-content.ts';
import type { ContentRow } from './edited-rows.ts';
import { servicesFrom } from './services/service-content.ts';

/** What of a city the console may change, articles and utterances apart. */
export type Editable = Pick<
  City,
  | 'areas'
  | 'danger'
  | 'departmentAddresses'
  | 'departmentFacts'
  | 'departments'
  | 'english'
  | 'frequent'
  | 'menu'
  | 'phrases'
  | 'services'
  | 'triageDepartment'
>;

/**
 * The city's files with what was edited laid over them. What another version of the program saved, and this one cannot
 * read, counts as not edited.
 * @param unreadable told of each of those
 */
export function layOver(base: City, rows: readonly ContentRow[], unreadable?: (row: ContentRow) => void): Editable {
  const edited = rows.filter(({ value }) => value !== null);
  const read = <T>(kind: ContentRow['kind'], schema: { safeParse(value: unknown): { data?: T } }) =>
    new Map(
      edited
        .filter((row) => row.kind === kind)
        .flatMap((row) => {
          const { data } = schema.safeParse(row.value);
          if (data === undefined) unreadable?.(row);
          return data === undefined ? [] : [[row.id, data] as const];
        }),
    );
  const catalogue = servicesFrom(base, read('service', serviceContentSchema));
  const departments = departmentsFrom(base, read('department', departmentContentSchema));
  const retired = new Set(catalogue.services.filter(({ active }) => !active).map(({ id }) => id));
  const works = (id: string) => departments.departmentFacts[id]?.active !== false;
  const { triageDepartment } = base;
  return {
    ...catalogue,
    ...departments,
    // What a department took that is gone, the service's own takes.
    areas: base.areas.filter(({ department }) => works(department)),
    ...(triageDepartment !== undefined && works(triageDepartment) && { triageDepartment }),
    menu: base.menu.filter(({ id }) => !retired.has(id)),
    frequent: base.frequent.filter(({ id }) => !retired.has(id)),
    ...spoken(base, read('phrase', phraseSchema)),
  };
}

/** Two sentences stand with the words that danger is known by. */
function spoken(base: City, sentences: ReadonlyMap<string, Phrase>): Pick<City, 'phrases' | 'danger'> {
  const { 'danger.emergency': emergency, 'danger.violence': violence, ...others } = Object.fromEntries(sentences);
  const text = { emergency: emergency ?? base.danger.text.emergency, violence: violence ?? base.danger.text.violence };
  return { phrases: { ...base.phrases, ...others }, danger: { ...base.danger, text } };
}
