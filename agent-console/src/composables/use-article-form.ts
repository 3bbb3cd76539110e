import { useEventListener } from '@vueuse/core';
import { computed, reactive, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { onBeforeRouteLeave } from 'vue-router';
import type { ArticleContent, ArticleDetail, ArticleVersion } from '../../../server/contract/article.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useConfirm } from './use-confirm.ts';
import { useSaved } from './use-saved.ts';
import { useSubmit } from './use-submit.ts';

const blank = (): ArticleContent => ({
  title: { es: '', en: '' },
  body: { es: '', en: '' },
  departmentId: null,
  source: null,
  responsible: null,
  validUntil: null,
});

/** What of a version can be edited, as a copy. */
function contentOf(version: ArticleVersion | undefined, topic: ArticleDetail['title']): ArticleContent {
  if (!version) return { ...blank(), title: { ...topic } };
  const { title, body, departmentId, source, responsible, validUntil } = version;
  return { title: { ...title }, body: { ...body }, departmentId, source, responsible, validUntil };
}

/** An article being edited: what is stored, what is written, and what to do when somebody else was quicker. */
export function useArticleForm(article: ArticleDetail, onStored: (article: ArticleDetail) => void) {
  const { t } = useI18n();
  const { saved } = useSaved();
  const { confirm } = useConfirm();
  const id = article.id;

  const stored = ref(article);
  const latest = computed(() => stored.value.versions[0]);
  const form = reactive(contentOf(latest.value, article.title));
  const base = computed(() => contentOf(latest.value, article.title));
  const changed = computed(() => JSON.stringify(form) !== JSON.stringify(base.value));
  /** The version that somebody saved meanwhile; what was written stays in the form. */
  const theirs = ref<ArticleDetail | null>(null);

  function take(detail: ArticleDetail) {
    stored.value = detail;
    theirs.value = null;
    onStored(detail);
  }
  function discard() {
    Object.assign(form, contentOf(latest.value, article.title));
  }

  async function save(content: ArticleContent, version: number) {
    take(await call('saveArticle', { params: { id }, body: { ...content, version } }));
    discard();
  }
  const { busy, failure, submit } = useSubmit(async () => {
    const before = stored.value;
    try {
      await save(form, latest.value?.version ?? 0);
    } catch (refusal) {
      if ((refusal as { code?: string }).code !== 'conflict') throw refusal;
      theirs.value = await call('openArticle', { params: { id } });
      return;
    }
    const earlier = before.versions[0];
    saved(
      t('articles.saved', { title: form.title.es }),
      earlier && { label: t('close.undo'), run: () => restoreIfAgreed(earlier.version) },
    );
  });

  async function restore(version: number) {
    const body = { version: latest.value?.version ?? 0, restore: version };
    take(await call('restoreArticle', { params: { id }, body }));
    discard();
    saved(t('articles.restored'));
  }
  const refused = ref<ApiFailure | null>(null);
  async function restoreIfAgreed(version: number) {
    if (!(await mayLeave())) return;
    refused.value = null;
    await restore(version).catch((refusal) => {
      refused.value = refusal;
    });
  }

  /** Theirs stands; what was written here is let go. */
  function keepTheirs() {
    if (!theirs.value) return;
    take(theirs.value);
    discard();
  }
  /** What was written here goes on top of theirs with the next save. */
  function keepMine() {
    if (theirs.value) take(theirs.value);
    return submit();
  }

  /** Whether what was written and not published may be let go. */
  async function mayLeave(): Promise<boolean> {
    if (!changed.value) return true;
    const [title, effect, action] = [t('articles.leave.title'), t('articles.leave.text'), t('articles.leave.action')];
    return confirm({ title, effect, action, danger: true });
  }
  onBeforeRouteLeave(mayLeave);
  useEventListener(window, 'beforeunload', (event) => {
    if (changed.value) event.preventDefault();
  });

  return {
    form,
    stored,
    base,
    changed,
    theirs,
    busy,
    failure: computed(() => failure.value ?? refused.value),
    submit,
    discard,
    restore: restoreIfAgreed,
    keepMine,
    keepTheirs,
  };
}
