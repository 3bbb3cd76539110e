import { entryOf, phrase, type Scene, titleOf } from '../scene.ts';
import { spokenDay } from './dates.ts';
import { descriptionOf, type Report } from './report.ts';

const LONGEST = 200;

/** The report as a short list, a line a fact. */
export function readBack(scene: Scene, report: Report): string {
  const { spot, photos, affected } = report;
  const place = entryOf(scene, report.serviceId)?.location === 'none' ? null : spot;
  const contact = contactOf(report);
  const lines = [
    phrase(scene, 'report.line_service', { value: titleOf(scene, report.serviceId) }),
    ...(report.words.length > 0
      ? [phrase(scene, 'report.line_words', { value: shortened(descriptionOf(scene, report)) })]
      : []),
    ...(place
      ? [phrase(scene, report.triage ? 'report.line_place_triage' : 'report.line_place', { value: place.label })]
      : []),
    ...answersIn(scene, report).map((answer) => phrase(scene, 'report.line_answer', answer)),
    ...(photos.length > 0 ? [phrase(scene, 'report.line_photos', { value: String(photos.length) })] : []),
    ...(affected ? [phrase(scene, 'report.line_affected', { value: affected.name ?? affected.relation ?? '' })] : []),
    ...(contact ? [phrase(scene, 'report.line_contact', { value: contact })] : []),
  ];
  return [phrase(scene, 'report.read_back'), ...lines.map((line) => `• ${line}`)].join('\n');
}

/** Questions of the service with what was answered, as a person says it. */
export function answersIn(scene: Scene, { serviceId, answers }: Report): { question: string; value: string }[] {
  const questions = entryOf(scene, serviceId)?.questions ?? [];
  return questions.flatMap(({ id, label, kind, choices }) => {
    const given = answers[id];
    if (!given) return [];
    const title = choices.find((choice) => choice.id === given)?.title;
    return [{ question: label, value: title ?? (kind === 'date' ? spokenDay(given, scene.locale) : shortened(given)) }];
  });
}

/** «Ana Ruiz, 229 123 4567»; empty without any. */
export function contactOf({ contact: { name, phone, email } }: Report): string {
  return [name, phone && spokenPhone(phone), email].filter(Boolean).join(', ');
}

function spokenPhone(phone: string): string {
  return phone.replace(/^\+52(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');
}

function shortened(text: string): string {
  const line = text.replace(/\n+/g, '; ').replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).trimEnd()}…` : line;
}
