import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CallRow } from '../../../server/contract/call.ts';
import '../call-texts.ts';
import { useDirectory } from '../stores/directory.ts';
import { isLive } from './call-legs.ts';
import { age, secondsSince } from './durations.ts';
import { useCallWords } from './use-call-words.ts';
import { useFormats } from './use-formats.ts';
import { useNow } from './use-now.ts';

/** What a row of a list of calls says, and what it offers. */
export function useCallRow(row: () => CallRow) {
  const { t } = useI18n();
  const { phrase, moment } = useFormats();
  const { gaveUpWords, outcomeWords, stageWords } = useCallWords();
  const directory = useDirectory();
  const now = useNow();

  const live = computed(() => isLive(row()));
  const headline = computed(() => {
    const { callback } = row();
    if (live.value) return stageWords(row());
    const waits = callback && t('calls.waitsSince', { age: age(secondsSince(callback.wantedAt, now.value)) });
    return waits || outcomeWords(row());
  });

  function tries({ callback }: CallRow): string[] {
    if (!callback) return [];
    const time = callback.lastTriedAt ? moment(callback.lastTriedAt, now.value) : '';
    return [t('calls.tries', { n: callback.tries, time }, callback.tries)];
  }
  const details = computed(() => {
    const queue = directory.queueById.get(row().queueId ?? '');
    const gaveUp = gaveUpWords(row());
    // While they talk, the headline names the operator.
    const operator = live.value && row().stage === 'room' ? null : row().operator;
    return [
      ...(gaveUp ? [gaveUp] : []),
      ...tries(row()),
      ...(operator ? [operator.name] : []),
      ...(queue ? [phrase(queue.name)] : []),
    ];
  });
  /** Somebody hung up or left a message, and left a number too. */
  const canCallBack = computed(() => {
    const { callback, from, outcome } = row();
    if (live.value) return false;
    return callback !== null || (from !== null && (outcome === 'abandoned' || outcome === 'voicemail'));
  });
  return { live, headline, details, canCallBack };
}
