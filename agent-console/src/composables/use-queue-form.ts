import { computed, reactive, ref, toRaw } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Queue } from '../../../server/contract/http.ts';
import { call } from '../api/client.ts';
import { useDirectory } from '../stores/directory.ts';
import { spanFault } from './hours.ts';
import { slugOf } from './slug.ts';
import { useConfirm } from './use-confirm.ts';
import { useFormats } from './use-formats.ts';
import { useSaved } from './use-saved.ts';
import { useSubmit } from './use-submit.ts';

/** `protected` counts when a queue is made; it stays for good. */
export type QueueDraft = Omit<Queue, 'id' | 'open' | 'opensAt' | 'overflowUntil'>;

function blank(): QueueDraft {
  const spans = () => [{ from: '09:00', to: '18:00' }];
  return {
    name: { es: '', en: '' },
    hours: {
      days: { 1: spans(), 2: spans(), 3: spans(), 4: spans(), 5: spans(), 6: [], 7: [] },
      closedOnHolidays: true,
      exceptions: [],
    },
    serviceLevelTarget: 0.8,
    serviceLevelSeconds: 60,
    offerSeconds: 30,
    priority: 2,
    isDefault: false,
    protected: false,
    reopenDays: 7,
    signature: '{{operator.name}}\n{{queue.name}} · {{city.name}}',
    overflow: { queueIds: [], afterSeconds: null, whenNobody: false },
    operatorIds: [],
  };
}

function draftOf({ id: _id, open: _open, opensAt: _opensAt, overflowUntil: _until, ...rest }: Queue): QueueDraft {
  const draft = structuredClone(toRaw(rest));
  for (const day of ['1', '2', '3', '4', '5', '6', '7'] as const) draft.hours.days[day] ??= [];
  return draft;
}

/** A queue being added or changed. */
export function useQueueForm(queue: Queue | null, close: () => void) {
  const { t } = useI18n();
  const { phrase } = useFormats();
  const directory = useDirectory();
  const { confirm } = useConfirm();
  const { saved } = useSaved();

  const form = reactive(queue ? draftOf(JSON.parse(JSON.stringify(queue))) : blank());
  const id = ref(queue?.id ?? '');
  const ready = computed(
    () =>
      Object.values(form.hours.days).every((spans) => spanFault(spans) === null) &&
      form.hours.exceptions.every((each) => each.date !== '' && spanFault(each.spans) === null),
  );
  const suggestId = () => {
    id.value ||= slugOf(form.name.es);
  };

  const saving = useSubmit(async () => {
    if (queue) await call('saveQueue', { params: { id: queue.id }, body: form });
    else await call('createQueue', { body: { ...form, id: id.value } });
    await directory.load('queues', 'operators');
    saved(t(queue ? 'queue.saved' : 'queue.created', { name: phrase(form.name) }));
    close();
  });

  const removal = useSubmit(async () => {
    if (!queue) return;
    const name = phrase(queue.name);
    const figures = await call('queueFigures');
    const waiting = figures.find((each) => each.queueId === queue.id)?.waiting ?? 0;
    const heir = directory.queues.find((each) => each.isDefault);
    const heirName = heir ? phrase(heir.name) : '';
    const yes = await confirm({
      title: t('queue.removeTitle', { name }),
      effect:
        waiting > 0
          ? t('queue.removeEffect', { n: waiting, heir: heirName }, waiting)
          : t('queue.removeEffectNone', { heir: heirName }),
      action: t('queue.remove'),
      danger: true,
    });
    if (!yes) return;
    const { moved } = await call('deleteQueue', { params: { id: queue.id } });
    await directory.load('queues', 'operators');
    saved(t('queue.removed', { name, n: moved, heir: heirName }, moved));
    close();
  });

  return {
    form,
    id,
    ready,
    suggestId,
    busy: computed(() => saving.busy.value || removal.busy.value),
    failure: computed(() => saving.failure.value ?? removal.failure.value),
    submit: saving.submit,
    remove: removal.submit,
  };
}
