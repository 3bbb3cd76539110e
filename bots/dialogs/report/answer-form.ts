import type { AskedQuestion } from '../../../server/contract/bot.ts';
import { LONGEST_ANSWER } from '../../../server/contract/service-form.ts';
import { wordsOf } from '../../understanding/normalise.ts';
import { yesOrNo } from '../../understanding/small-talk.ts';
import { readDay } from '../hearing/day.ts';
import { readNumbers } from '../hearing/spoken-numbers.ts';
import type { Scene } from '../scene.ts';
import { picks } from './questions.ts';
import { nextOfForm, type Report } from './report.ts';

/** Takes what was heard as the answer to the open question of the service's form; null when it is none. */
export function answerForm(scene: Scene, report: Report, skips: boolean): Report | null {
  const question = nextOfForm(scene, report);
  if (!question) return report;
  const value = answerTo(scene, question);
  if (value !== null) return answered(report, question, value);
  // What has to be answered is asked again.
  return skips && !question.required ? answered(report, question, '') : null;
}

const answered = (report: Report, { id }: AskedQuestion, value: string): Report => ({
  ...report,
  answers: { ...report.answers, [id]: value },
});

function answerTo({ heard, desk, now }: Scene, { kind, choices }: AskedQuestion): string | null {
  const { choice, text } = heard;
  const picked = choice?.startsWith(picks.answer) ? choice.slice(picks.answer.length) : null;
  switch (kind) {
    case 'choice':
      return picked ?? choiceSaid(text, choices);
    case 'number':
      return choice === null ? numberIn(text) : null;
    case 'date':
      return choice === null ? readDay(text, localDay(now, desk.timeZone)) : null;
    case 'text':
      return choice === null && wordsOf(text).length > 0 ? text.trim().slice(0, LONGEST_ANSWER) : null;
    case 'photo':
      return null;
  }
}

/** The day of a moment where the city is; Canada writes it as ISO 8601 does. */
const localDay = (at: Date, timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);

/** «Sí» is the choice that is called so. */
function choiceSaid(text: string, choices: AskedQuestion['choices']): string | null {
  const short = yesOrNo(text);
  const named = choices.filter(({ title }) => yesOrNo(title) === short);
  return short !== null && named.length === 1 ? (named[0]?.id ?? null) : null;
}

/** «Como 3 metros», «dos y medio» is not understood and asked again. */
function numberIn(text: string): string | null {
  const written = text.replace(/(\d),(?=\d{3}\b)/g, '$1').match(/-?\d{1,12}(?:\.\d{1,6})?/g);
  if (written) return written.length === 1 ? (written[0] ?? null) : null;
  const said = readNumbers(text.split(/\s+/)).flatMap((one) => ('digits' in one ? [one.digits] : []));
  return said.length === 1 ? (said[0] ?? null) : null;
}
