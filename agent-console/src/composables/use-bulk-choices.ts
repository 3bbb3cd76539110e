import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useDirectory } from '../stores/directory.ts';
import { snoozeTimes } from './snooze.ts';
import { useFormats } from './use-formats.ts';
import { useNow } from './use-now.ts';
import { momentOf, wallTimeOf } from './zoned-time.ts';

/** What can be chosen for many contacts at once: how they ended, until when they are put aside, who goes first. */
export function useBulkChoices() {
  const { t } = useI18n();
  const { phrase, opening } = useFormats();
  const directory = useDirectory();
  const now = useNow();
  const zone = computed(() => directory.city?.timeZone ?? 'UTC');

  return computed(() => ({
    close: directory.city?.dispositions.map(({ id, title }) => ({ value: id, label: phrase(title) })) ?? [],
    snooze: [
      ...snoozeTimes(wallTimeOf(now.value, zone.value)).map(({ name, wall }) => {
        const until = new Date(momentOf(wall, zone.value)).toISOString();
        return { value: until, label: `${t(`snooze.${name}`)} · ${opening(until, now.value)}` };
      }),
      { value: '', label: t('snooze.untilAnswer') },
    ],
    priority: ['0', '1', '2'].map((value) => ({ value, label: t(`bulk.priorities.${value}`) })),
  }));
}
