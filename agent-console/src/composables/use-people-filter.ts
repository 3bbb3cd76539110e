import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { PersonView } from '../../../server/contract/access.ts';

const shows = ['all', 'pending', 'withoutStep', 'disabled'] as const;
export type PeopleShown = (typeof shows)[number];

const fits: Record<PeopleShown, (person: PersonView) => boolean> = {
  all: () => true,
  /** They have a link that they have not used. */
  pending: ({ disabled, invitation }) => !disabled && invitation !== null,
  withoutStep: ({ disabled, secondStep }) => !disabled && secondStep !== 'on',
  disabled: ({ disabled }) => disabled,
};

/** Accents and capitals make no difference to whoever searches. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

export const roleKeyOf = ({ role, roleId }: Pick<PersonView, 'role' | 'roleId'>): string => roleId ?? role;

/** A city has two hundred people: found by name or address, by role, and by how they come in. */
export function usePeopleFilter(people: () => readonly PersonView[]) {
  const { t } = useI18n();
  const words = ref('');
  const role = ref('all');
  const show = ref<PeopleShown>('all');

  const asked = computed(() => folded(words.value).split(/\s+/).filter(Boolean));
  const found = computed(() =>
    people().filter((person) => {
      const text = folded(`${person.name} ${person.email}`);
      return (
        asked.value.every((word) => text.includes(word)) && (role.value === 'all' || roleKeyOf(person) === role.value)
      );
    }),
  );
  const choices = computed(() =>
    shows.map((value) => ({
      value,
      label: t(`people.show.${value}`),
      count: found.value.filter(fits[value]).length,
    })),
  );
  const shown = computed(() => found.value.filter(fits[show.value]).toSorted((a, b) => a.name.localeCompare(b.name)));
  return { words, role, show, choices, shown };
}
