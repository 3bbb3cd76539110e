import { computed, reactive } from 'vue';
import { useI18n } from 'vue-i18n';
import type { RoleView } from '../../../server/contract/access.ts';
import type { Permission } from '../../../server/contract/permissions.ts';
import { call } from '../api/client.ts';
import { useSession } from '../stores/session.ts';
import { roleChanges } from './role-changes.ts';
import { useConfirm } from './use-confirm.ts';
import { useRoleWords } from './use-role-words.ts';
import { useSaved } from './use-saved.ts';

/**
 * A role as it is being changed, or made.
 * @param holders how many have it
 */
export function useRoleForm(role: RoleView | null, copyOf: RoleView, holders: () => number) {
  const { t } = useI18n();
  const { confirm } = useConfirm();
  const { saved } = useSaved();
  const { nameOf, listed } = useRoleWords();
  const session = useSession();
  const start = role ?? copyOf;

  const form = reactive({
    name: role?.name ?? '',
    description: role?.description ?? '',
    permissions: ownOf(start),
    secondStep: { ...start.secondStep },
    origin: copyOf.id ?? copyOf.base,
    base: copyOf.base,
  });
  const changes = computed(() => roleChanges(role?.permissions ?? [], form.permissions));

  /** A copy has no permission that whoever makes it lacks. */
  function ownOf(of: RoleView): Permission[] {
    return role ? [...of.permissions] : of.permissions.filter((permission) => session.may(permission));
  }

  function beginFrom(other: RoleView) {
    form.permissions = ownOf(other);
    form.origin = other.id ?? other.base;
    form.base = other.base;
  }

  async function saveRule(key: string): Promise<void> {
    const { required, graceDays } = form.secondStep;
    if (role && required === role.secondStep.required && graceDays === role.secondStep.graceDays) return;
    if (!role && !required) return;
    await call('saveSecondStepRule', { params: { id: key }, body: { required, graceDays } });
  }

  /** Whoever loses something is named first. @returns whether it was saved */
  async function save(): Promise<boolean> {
    const { name, description, permissions, base } = form;
    if (role && !role.id) {
      await saveRule(role.base);
      saved(t('roles.saved', { name: nameOf(role) }));
      return true;
    }
    if (!role) {
      const made = await call('createRole', { body: { name, description, permissions, base } });
      await saveRule(made.id ?? made.base);
      saved(t('roles.made', { name }));
      return true;
    }
    if (!(await mayTake())) return false;
    await call('saveRole', { params: { id: role.id ?? '' }, body: { name, description, permissions } });
    await saveRule(role.id ?? '');
    saved(t('roles.saved', { name }));
    return true;
  }

  async function mayTake(): Promise<boolean> {
    const { lost } = changes.value;
    if (lost.length === 0 || holders() === 0) return true;
    const gives = lost.includes('contacts.attend') ? ` ${t('roles.givesBack')}` : '';
    return confirm({
      title: t('roles.takeTitle', { name: form.name }),
      effect: `${t('roles.takeEffect', { list: listed(lost) }, holders())}${gives}`,
      action: t('form.save'),
      danger: true,
    });
  }

  /** @returns whether it is gone */
  async function remove(): Promise<boolean> {
    if (!role?.id) return false;
    const name = nameOf(role);
    const title = t('roles.removeTitle', { name });
    if (!(await confirm({ title, effect: t('roles.removeEffect'), action: t('roles.remove'), danger: true }))) {
      return false;
    }
    await call('deleteRole', { params: { id: role.id } });
    saved(t('roles.removed', { name }));
    return true;
  }

  return { form, changes, beginFrom, save, remove };
}
