import type { Service } from '../cases/services.ts';
import { caseAnswerSchema, type FormQuestion, type GivenAnswer, LONGEST_ANSWER } from '../contract/service-form.ts';
import type { Answer } from './to-xml.ts';

/** What the standard calls each kind of question. A picture goes with the request as `media_url`. */
const DATATYPES: Readonly<Record<FormQuestion['kind'], string>> = {
  text: 'text',
  number: 'number',
  choice: 'singlevaluelist',
  date: 'datetime',
  photo: 'string',
};

/** What a service asks beside the standard's own fields (GeoReport v2, service definition). */
export const presentDefinition = ({ id, questions }: Service): Answer => ({
  service_code: id,
  attributes: questions
    .filter(({ kind }) => kind !== 'photo')
    .map(({ id: code, label, kind, required, choices }, index) => ({
      variable: true,
      code,
      datatype: DATATYPES[kind],
      required,
      datatype_description: kind === 'date' ? 'AAAA-MM-DD' : null,
      order: index + 1,
      description: label.es,
      ...(kind === 'choice' && { values: choices.map((choice) => ({ key: choice.id, name: choice.title.es })) }),
    })),
});

const ATTRIBUTE = /^attribute\[([a-z0-9-]{1,60})\]$/;

/** The answers among the fields of a request: `attribute[code]=value`, or `attribute: {code: value}` in JSON. */
export function attributesIn(body: unknown): GivenAnswer[] {
  if (typeof body !== 'object' || body === null) return [];
  const { attribute, ...fields } = body as Record<string, unknown>;
  const nested = typeof attribute === 'object' && attribute !== null ? Object.entries(attribute) : [];
  const flat = Object.entries(fields).flatMap(([name, value]) => {
    const code = ATTRIBUTE.exec(name)?.[1];
    return code ? [[code, value] as const] : [];
  });
  return [...flat, ...nested].flatMap(([questionId, value]) => {
    const text = typeof value === 'number' ? String(value) : value;
    const isAnswer = typeof text === 'string' && text.trim() !== '' && text.length <= LONGEST_ANSWER;
    return isAnswer && caseAnswerSchema.shape.questionId.safeParse(questionId).success
      ? [{ questionId, value: dayOf(text.trim()) }]
      : [];
  });
}

/** The standard writes a day as a moment. */
const dayOf = (text: string): string => text.replace(/^(\d{4}-\d\d-\d\d)T[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/, '$1');
