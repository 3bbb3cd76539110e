import { computed, reactive, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { RoutingSettings, Skill } from '../../../server/contract/routing.ts';
import { useDirectory } from '../stores/directory.ts';
import { useRouting } from '../stores/routing.ts';
import { shownChannels } from './routing-examples.ts';
import { slugOf } from './slug.ts';
import { useFormats } from './use-formats.ts';
import { useRoutingWords } from './use-routing-words.ts';
import { useSaved } from './use-saved.ts';
import { useSubmit } from './use-submit.ts';

const USUAL_PATIENCE_SECONDS = 60;
const blank = (): Skill => ({
  id: '',
  title: { es: '', en: '' },
  kind: 'language',
  neededBy: [],
  relaxAfterSeconds: USUAL_PATIENCE_SECONDS,
});

/** A skill being added or changed. */
export function useSkillForm(skill: Skill | null, close: () => void) {
  const { t } = useI18n();
  const { phrase } = useFormats();
  const directory = useDirectory();
  const routing = useRouting();
  const { skillSentence } = useRoutingWords();
  const { saved } = useSaved();
  const form = reactive<Skill>(JSON.parse(JSON.stringify(skill ?? blank())));

  const kinds = computed(() =>
    (['language', 'topic', 'channel'] as const).map((value) => ({ value, label: t(`routing.skill.kinds.${value}`) })),
  );
  const choices = computed(() => {
    if (form.kind === 'language') {
      return (['es', 'en'] as const).map((value) => ({ value: value as string, label: t(`language.${value}`) }));
    }
    if (form.kind === 'channel') {
      return shownChannels.map((value) => ({ value: value as string, label: t(`channel.${value}`) }));
    }
    return [...(directory.city?.topics ?? []), ...(directory.city?.services ?? [])]
      .map(({ id, title }) => ({ value: id, label: title }))
      .sort((a, b) => a.label.localeCompare(b.label));
  });
  watch(
    () => form.kind,
    () => {
      form.neededBy = [];
    },
  );
  const relaxes = computed({
    get: () => form.relaxAfterSeconds !== null,
    set: (yes) => {
      form.relaxAfterSeconds = yes ? USUAL_PATIENCE_SECONDS : null;
    },
  });

  async function keep(skills: (before: Skill[]) => Skill[]): Promise<RoutingSettings | null> {
    const before = routing.settings;
    if (before) await routing.save({ ...before, skills: skills(before.skills) });
    return before;
  }
  const saving = useSubmit(async () => {
    const id = form.id || slugOf(form.title.es);
    const next: Skill = { ...form, id };
    await keep((before) => (skill ? before.map((each) => (each.id === id ? next : each)) : [...before, next]));
    saved(t('routing.skill.saved', { name: phrase(form.title) }));
    close();
  });
  const removal = useSubmit(async () => {
    await keep((before) => before.filter(({ id }) => id !== form.id));
    await directory.load('operators');
    saved(t('routing.skill.removed', { name: phrase(form.title) }));
    close();
  });
  return {
    form,
    kinds,
    choices,
    relaxes,
    saving,
    removal,
    sentence: computed(() => skillSentence(form)),
    title: skill ? phrase(skill.title) : t('routing.skill.add'),
  };
}
