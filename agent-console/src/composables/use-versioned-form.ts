import { useEventListener } from '@vueuse/core';
import { computed, reactive, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { onBeforeRouteLeave } from 'vue-router';
import type { ApiFailure } from '../api/failure.ts';
import { useConfirm } from './use-confirm.ts';
import { useSaved } from './use-saved.ts';
import { useSubmit } from './use-submit.ts';

interface Version {
  version: number;
  fromFile: boolean;
}

/** How one kind of content is read and kept. */
export interface Versioned<Detail extends { versions: V[] }, V extends Version, Content extends object> {
  /** What of a version can be edited, as a copy. */
  contentOf(version: V): Content;
  open(): Promise<Detail>;
  save(content: Content, version: number): Promise<Detail>;
  restore(version: number, restore: number): Promise<Detail>;
  onStored(detail: Detail): void;
}

/** Something in versions being edited: what is stored, what is written, and what to do when somebody was quicker. */
export function useVersionedForm<Detail extends { versions: V[] }, V extends Version, Content extends object>(
  detail: Detail,
  kept: Versioned<Detail, V, Content>,
) {
  const { t } = useI18n();
  const { saved } = useSaved();
  const { confirm } = useConfirm();

  const stored = ref(detail) as { value: Detail };
  const latest = computed(() => stored.value.versions[0] as V);
  const base = computed(() => kept.contentOf(latest.value));
  const form = reactive(kept.contentOf(latest.value)) as Content;
  const changed = computed(() => JSON.stringify(form) !== JSON.stringify(base.value));
  /** What somebody saved meanwhile; what was written stays in the form. */
  const theirs = ref<Detail | null>(null) as { value: Detail | null };

  function take(next: Detail) {
    stored.value = next;
    theirs.value = null;
    kept.onStored(next);
  }
  function discard() {
    Object.assign(form, kept.contentOf(latest.value));
  }
  async function meeting(work: () => Promise<void>) {
    try {
      await work();
    } catch (refusal) {
      if ((refusal as { code?: string }).code !== 'conflict') throw refusal;
      theirs.value = await kept.open();
    }
  }

  const { busy, failure, submit } = useSubmit(() =>
    meeting(async () => {
      const earlier = latest.value;
      take(await kept.save(form, earlier.version));
      discard();
      saved(t('versions.saved'), { label: t('close.undo'), run: () => restore(earlier.version) });
    }),
  );
  const refused = ref<ApiFailure | null>(null);
  async function restore(version: number) {
    if (!(await mayLeave())) return;
    refused.value = null;
    await meeting(async () => {
      take(await kept.restore(latest.value.version, version));
      discard();
      saved(t('versions.restored'));
    }).catch((refusal) => {
      refused.value = refusal;
    });
  }

  /** Theirs stands; what was written here is let go. */
  function keepTheirs() {
    if (!theirs.value) return;
    take(theirs.value);
    discard();
  }
  /** What was written here goes on top of theirs. */
  function keepMine() {
    if (theirs.value) take(theirs.value);
    return submit();
  }

  /** Whether what was written and not saved may be let go. */
  async function mayLeave(): Promise<boolean> {
    if (!changed.value) return true;
    const [title, effect] = [t('versions.leave.title'), t('versions.leave.text')];
    return confirm({ title, effect, action: t('versions.leave.action'), danger: true });
  }
  onBeforeRouteLeave(mayLeave);
  useEventListener(window, 'beforeunload', (event) => {
    if (changed.value) event.preventDefault();
  });

  return {
    form,
    base,
    latest,
    stored: computed(() => stored.value),
    changed,
    theirs: computed(() => theirs.value?.versions[0] ?? null),
    busy,
    failure: computed(() => failure.value ?? refused.value),
    submit,
    discard,
    restore,
    keepMine,
    keepTheirs,
  };
}
