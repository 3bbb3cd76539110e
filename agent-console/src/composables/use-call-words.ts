import { useI18n } from 'vue-i18n';
import type { CallView } from '../../../server/contract/call.ts';
import '../call-texts.ts';
import { isCitizenHeld, isOn } from './call-legs.ts';
import { lasted } from './call-times.ts';
import { spokenPhone } from './phone.ts';

const wholeSeconds = (milliseconds: number) => Math.round(milliseconds / 1_000);

/** A call in words. */
export function useCallWords() {
  const { t } = useI18n();

  /** The citizen's end: their number as it is said, or why there is none. */
  function numberWords({ direction, from, to, line }: CallView): string {
    const number = direction === 'in' ? from : to;
    if (number) return spokenPhone(number);
    return t(line === 'web' ? 'calls.fromWeb' : 'calls.withheld');
  }

  const operatorOn = (call: CallView) => call.legs.find((leg) => leg.role === 'operator' && isOn(leg)) ?? null;

  /** Where a live call is. */
  function stageWords(call: CallView): string {
    const name = operatorOn(call)?.name?.split(' ')[0];
    if (call.stage !== 'room' || !name) return t(`calls.stage.${call.stage}`);
    return t(isCitizenHeld(call) ? 'calls.stage.held' : 'calls.stage.roomWith', { name });
  }

  const outcomeWords = ({ outcome }: CallView): string => (outcome ? t(`calls.outcome.${outcome}`) : '');

  /** Where somebody gave up, and after how long; null of other calls. */
  function gaveUpWords({ abandonedIn, times }: CallView): string | null {
    if (!abandonedIn || abandonedIn === 'ended' || !times) return null;
    return t(`calls.gaveUp.${abandonedIn}`, { time: lasted(wholeSeconds(times.total)) });
  }

  /** What is known of a call that is over, from ring to end; null while it goes on. */
  function lengthWords({ times }: CallView): string | null {
    return times && t('calls.total', { time: lasted(wholeSeconds(times.total)) });
  }
  return { numberWords, operatorOn, stageWords, outcomeWords, gaveUpWords, lengthWords };
}
