import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ChannelName } from '../../../server/contract/channel.ts';
import { useDirectory } from '../stores/directory.ts';
import type { FilterName } from './list-filters.ts';
import { useFormats } from './use-formats.ts';

export interface FilterChoice {
  name: Exclude<FilterName, 'from' | 'to'>;
  options: { value: string; label: string }[];
  several?: boolean;
  searchable?: boolean;
}

const CHANNELS: readonly ChannelName[] = ['chat', 'voice', 'email', 'whatsapp', 'sms', 'messenger', 'instagram'];

/** What a list of contacts can be narrowed by, with the values that each takes. */
export function useFilterChoices() {
  const { t } = useI18n();
  const { phrase } = useFormats();
  const directory = useDirectory();

  const flags = (name: 'hasCase' | 'unread') =>
    ['true', 'false'].map((value) => ({ value, label: t(`listFilter.${name}s.${value}`) }));

  return computed<FilterChoice[]>(() => [
    { name: 'channel', several: true, options: CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) })) },
    {
      name: 'queueId',
      several: true,
      options: directory.queues.map(({ id, name }) => ({ value: id, label: phrase(name) })),
    },
    {
      name: 'operatorId',
      several: true,
      searchable: true,
      options: directory.operators
        .filter(({ role }) => role !== 'department')
        .map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      name: 'disposition',
      several: true,
      options: directory.city?.dispositions.map(({ id, title }) => ({ value: id, label: phrase(title) })) ?? [],
    },
    {
      name: 'priority',
      several: true,
      options: ['0', '1', '2'].map((value) => ({ value, label: t(`bulk.priorities.${value}`) })),
    },
    {
      name: 'rating',
      several: true,
      options: [5, 4, 3, 2, 1].map((n) => ({ value: String(n), label: t('listFilter.ratings', { n }, n) })),
    },
    { name: 'language', options: (['es', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) })) },
    { name: 'hasCase', options: flags('hasCase') },
    { name: 'unread', options: flags('unread') },
  ]);
}
