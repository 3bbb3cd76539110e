import { computed, ref } from 'vue';
import type { DepartmentContent, DepartmentDetail, DepartmentVersion } from '../../../server/contract/content.ts';
import { call } from '../api/client.ts';
import { useDirectory } from '../stores/directory.ts';
import { useVersionedForm } from './use-versioned-form.ts';

function contentOf(version: DepartmentVersion): DepartmentContent {
  const { title, email, contact, phone, place, hours, active } = version;
  return { title, email, contact, phone, place, hours, active };
}

/** A department being edited; one that ends hands what it has to another. */
export function useDepartmentForm(department: DepartmentDetail, onStored: () => void) {
  const directory = useDirectory();
  const params = { id: department.id };
  const moveTo = ref<string>();

  const edited = useVersionedForm<DepartmentDetail, DepartmentVersion, DepartmentContent>(department, {
    contentOf,
    open: () => call('openDepartment', { params }),
    save: (content, version) =>
      call('saveDepartment', {
        params,
        body: { ...content, version, ...(moveTo.value && !content.active && { moveTo: moveTo.value }) },
      }),
    restore: (version, restore) => call('restoreDepartment', { params, body: { version, restore } }),
    onStored() {
      void directory.load('city', 'operators').catch(() => {});
      onStored();
    },
  });
  const { openCases, services, people } = department;

  /** Whether it was kept, without a conflict or a refusal. */
  async function save(): Promise<boolean> {
    await edited.submit();
    return edited.failure.value === null && edited.theirs.value === null;
  }
  return {
    ...edited,
    save,
    moveTo,
    hasWork: openCases + services.length + people.length > 0,
    ending: computed(() => edited.base.value.active && !edited.form.active),
  };
}
