import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { TicketSummary } from '../../../server/contract/http.ts';
import { useDirectory } from '../stores/directory.ts';
import { useInbox } from '../stores/inbox.ts';
import { useSelection } from '../stores/selection.ts';
import { useSession } from '../stores/session.ts';
import { snoozeTimes } from './snooze.ts';
import { useFormats } from './use-formats.ts';
import { useNow } from './use-now.ts';
import { momentOf, wallTimeOf } from './zoned-time.ts';

/** What can be chosen for many contacts at once: how they ended, until when they are put aside, who goes first. */
export function useBulkChoices() {
  const { t } = useI18n();
  const { phrase, opening } = useFormats();
  const directory = useDirectory();
  const inbox = useInbox();
  const selection = useSelection();
  const session = useSession();
  const now = useNow();
  const zone = computed(() => directory.city?.timeZone ?? 'UTC');

  const isMine = ({ operator }: TicketSummary) => operator?.id === session.operator?.id;
  /** Which of those that are picked goes on: what one has in one's hands first, then who has waited longest. */
  const mergeable = computed(() =>
    [...selection.picked]
      .flatMap((id) => inbox.tickets.get(id) ?? [])
      .filter(({ state }) => state !== 'closed' && state !== 'bot')
      .toSorted((a, b) => Number(isMine(b)) - Number(isMine(a)) || a.clockAt.localeCompare(b.clockAt))
      .map(({ id, number, citizen, channel }) => ({
        value: id,
        label: `${number} · ${citizen.name ?? t('citizen.unnamed')} · ${t(`channel.${channel}`)}`,
      })),
  );
  return computed(() => ({
    close: directory.city?.dispositions.map(({ id, title }) => ({ value: id, label: phrase(title) })) ?? [],
    snooze: [
      ...snoozeTimes(wallTimeOf(now.value, zone.value)).map(({ name, wall }) => {
        const until = new Date(momentOf(wall, zone.value)).toISOString();
        return { value: until, label: `${t(`snooze.${name}`)} · ${opening(until, now.value)}` };
      }),
      { value: '', label: t('snooze.untilAnswer') },
    ],
    merge: mergeable.value,
    priority: ['0', '1', '2'].map((value) => ({ value, label: t(`bulk.priorities.${value}`) })),
  }));
}
