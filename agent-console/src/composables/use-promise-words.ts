import { useI18n } from 'vue-i18n';
import type { CaseSummary } from '../../../server/contract/case.ts';
import { promiseOf } from './case-promise.ts';
import { useFormats } from './use-formats.ts';
import { useNow } from './use-now.ts';

/** How a case stands by its promise, in words, with a colour and an icon for it. */
export function usePromiseWords() {
  const { t } = useI18n();
  const { dateOf, localDay } = useFormats();
  const now = useNow();

  const tones = {
    kept: { tone: 'text-muted', icon: 'i-lucide-calendar-check' },
    broken: { tone: 'text-muted', icon: 'i-lucide-calendar-x' },
    late: { tone: 'text-error font-semibold', icon: 'i-lucide-alarm-clock' },
    today: { tone: 'text-warning font-semibold', icon: 'i-lucide-calendar-clock' },
    soon: { tone: 'text-warning', icon: 'i-lucide-calendar-clock' },
    ahead: { tone: 'text-toned', icon: 'i-lucide-calendar' },
  } as const;

  function promise(each: CaseSummary) {
    const state = promiseOf(each, now.value, dateOf);
    return {
      ...state,
      ...tones[state.state],
      words: t(`casePromise.${state.state}`, { n: state.days }, state.days),
      day: localDay(each.promisedFor),
    };
  }
  return { promise };
}
