import { useI18n } from 'vue-i18n';
import { permissionWords } from '../../../server/contract/permission-words.ts';
import type { BaseRole, Permission } from '../../../server/contract/permissions.ts';
import { useFormats } from './use-formats.ts';

/** How roles and permissions are called. */
export function useRoleWords() {
  const { t, locale } = useI18n();
  const { phrase } = useFormats();

  const nameOf = (role: { name: string | null; base: BaseRole }): string => role.name ?? t(`role.${role.base}`);
  const permissionName = (permission: Permission): string => phrase(permissionWords[permission].name);
  const permissionHelp = (permission: Permission): string => phrase(permissionWords[permission].help);

  /** Several permissions as a part of a sentence: "leer contactos, llamar y abrir casos". */
  function listed(permissions: readonly Permission[]): string {
    const names = permissions.map((permission) => lowered(permissionName(permission)));
    return new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(names);
  }

  return { nameOf, permissionName, permissionHelp, listed };
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
