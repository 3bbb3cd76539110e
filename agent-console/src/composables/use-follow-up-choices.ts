import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Hours } from '../../../server/contract/http.ts';
import '../desk-texts.ts';
import { useDirectory } from '../stores/directory.ts';
import { followUpTimes } from './follow-up-times.ts';
import { useFormats } from './use-formats.ts';
import { useNow } from './use-now.ts';
import { momentOf, wallTimeOf } from './zoned-time.ts';

const ALWAYS = [{ from: '00:00', to: '24:00' }];
const anyTime: Hours = {
  days: { '1': ALWAYS, '2': ALWAYS, '3': ALWAYS, '4': ALWAYS, '5': ALWAYS, '6': ALWAYS, '7': ALWAYS },
  closedOnHolidays: false,
  exceptions: [],
};

/** When to look again, within the hours of the contact's queue or the default one, in words. */
export function useFollowUpChoices(queueId: () => string | null) {
  const { t } = useI18n();
  const { opening } = useFormats();
  const directory = useDirectory();
  const now = useNow();
  const zone = computed(() => directory.city?.timeZone ?? 'UTC');
  const hours = computed(() => {
    const queue = directory.queueById.get(queueId() ?? '') ?? directory.queues.find(({ isDefault }) => isDefault);
    return queue?.hours ?? anyTime;
  });

  return computed(() =>
    followUpTimes(wallTimeOf(now.value, zone.value), hours.value).map(({ name, wall }) => {
      const at = new Date(momentOf(wall, zone.value)).toISOString();
      return { name, at, label: t(`followUp.when.${name}`), words: opening(at, now.value) };
    }),
  );
}
