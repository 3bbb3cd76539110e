import { computed, ref } from 'vue';
import type { CaseDetail } from '../../../server/contract/case.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useOpenCases } from '../stores/open-cases.ts';
import { affectedOf, caseFormOf, placeOf } from './case-draft-storage.ts';
import { changesBetween } from './changes.ts';
import { useSubmit } from './use-submit.ts';

const formOf = (detail: CaseDetail) => ({
  ...caseFormOf(detail),
  departmentId: detail.departmentId,
  priority: detail.priority,
});
type EditForm = ReturnType<typeof formOf>;

/** The values of a form as the server has them, to tell what was changed. */
const valuesOf = (form: EditForm) => ({
  serviceId: form.serviceId,
  description: form.description.trim(),
  place: placeOf(form.place),
  departmentId: form.departmentId,
  priority: form.priority,
  affected: affectedOf(form),
});
type Values = ReturnType<typeof valuesOf>;

const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);

/**
 * A case being edited. Only what was changed here is sent. When somebody else was faster, what they changed is shown,
 * and saving again means it.
 */
export function useCaseEdit(detail: () => CaseDetail, onDone: () => void) {
  const openCases = useOpenCases();
  const begun = ref(detail());
  const form = ref<EditForm>(formOf(begun.value));
  /** Paths of what somebody else changed meanwhile. */
  const meanwhile = ref<string[]>([]);

  const changes = computed<Partial<Values>>(() => {
    const [before, after] = [valuesOf(formOf(begun.value)), valuesOf(form.value)];
    return Object.fromEntries(
      Object.entries(after).filter(([name, value]) => differs(value, before[name as keyof Values])),
    );
  });
  const changed = computed(() => Object.keys(changes.value).length > 0 || form.value.attachments.length > 0);

  /** Takes in how it stands now, without losing what was typed here. */
  function catchUp(now: CaseDetail) {
    const [before, after] = [valuesOf(formOf(begun.value)), valuesOf(formOf(now))];
    const statusBefore = { ...before, status: begun.value.status };
    meanwhile.value = [
      ...new Set(
        changesBetween(statusBefore, { ...after, status: now.status }).map(({ path }) => path.split('.')[0] ?? ''),
      ),
    ];
    const mine = changes.value;
    const next = formOf(now);
    if (mine.place !== undefined) next.place = form.value.place;
    if (mine.affected !== undefined)
      Object.assign(next, { affected: form.value.affected, onBehalf: form.value.onBehalf });
    for (const name of ['serviceId', 'description', 'departmentId', 'priority'] as const) {
      if (mine[name] !== undefined) Object.assign(next, { [name]: form.value[name] });
    }
    next.attachments = form.value.attachments;
    begun.value = now;
    form.value = next;
  }

  const { busy, failure, submit } = useSubmit(async () => {
    const { id, version } = begun.value;
    const files = form.value.attachments.map((each) => each.id);
    const body = {
      ...changes.value,
      ...(files.length > 0 ? { addAttachmentIds: files } : {}),
      triage: form.value.place.triage,
      version,
    };
    try {
      openCases.take(await call('editCase', { params: { id }, body }));
      onDone();
    } catch (error) {
      if ((error as ApiFailure).code === 'conflict') {
        await openCases.load(id);
        catchUp(detail());
      }
      throw error;
    }
  });
  return { form, changed, meanwhile, busy, failure, submit };
}
