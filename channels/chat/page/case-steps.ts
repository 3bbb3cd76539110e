import type { PublicCase } from '../../../server/contract/case.ts';
import type { CaseStatus } from '../../../server/contract/case-status.ts';
import type { Locale } from '../../../server/contract/error-catalogue.ts';
import type { PublicCity } from '../../../server/contract/http.ts';
import { shortDay, statusWords } from '../widget/locales/case-words.ts';
import type { FolioWords } from './folio-phrases.ts';
import { type Markup, markup } from './markup.ts';

const steps = ['received', 'assigned', 'in_progress', 'solved'] as const;
type Step = (typeof steps)[number];

/** The step at which a case is, for those of its states that are not steps themselves. */
const standsAt: Partial<Record<CaseStatus, Step>> = { waiting_citizen: 'in_progress', reopened: 'received' };

/** The way of a case as a line of four steps, each with its day once it is reached. */
export function caseSteps(city: PublicCity, locale: Locale, words: FolioWords, found: PublicCase): Markup {
  const current = steps.indexOf((standsAt[found.status] ?? found.status) as Step);
  const items = steps.map((step, index) => {
    const isReached = index <= current;
    const state = index < current || found.status === 'solved' ? 'done' : index === current ? 'now' : 'to-come';
    const said = state === 'done' ? words('done') : state === 'now' ? words('now') : words('toCome');
    const at = isReached ? dayReached(found, step) : undefined;
    return markup`<li data-state="${state}"${index === current ? markup` aria-current="step"` : null}>
  <span class="dot" aria-hidden="true"></span><strong>${statusWords(step, locale)}</strong>
  <span class="hidden">${said}</span>${at ? markup`<time datetime="${at}">${shortDay(at, locale, city.timeZone)}</time>` : null}</li>`;
  });
  return markup`<ol class="steps" aria-label="${words('steps')}">${items}</ol>`;
}

function dayReached({ story, openedAt, status }: PublicCase, step: Step): string | undefined {
  if (step === 'received')
    return status === 'reopened' ? story.findLast((line) => line.status === status)?.at : openedAt;
  return story.findLast((line) => line.status === step)?.at;
}
