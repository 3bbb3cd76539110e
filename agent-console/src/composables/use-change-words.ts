import { useI18n } from 'vue-i18n';
import { permissionWords } from '../../../server/contract/permission-words.ts';
import type { Permission } from '../../../server/contract/permissions.ts';
import { useDirectory } from '../stores/directory.ts';
import { weekdays } from './hours.ts';
import { useFormats } from './use-formats.ts';

/** A recorded value and where it stood, in words; what has no words of its own is shown as it was recorded. */
export function useChangeWords() {
  const { t, te } = useI18n();
  const { phrase } = useFormats();
  const directory = useDirectory();

  /** `hours.days.6` → `Horario › Sábado` */
  function field(path: string): string {
    return path
      .split('.')
      .filter((part) => part !== 'days')
      .map((part) => {
        const weekday = weekdays.find((day) => day === part);
        if (weekday) return t(`weekday.${weekday}`);
        return te(`audit.field.${part}`) ? t(`audit.field.${part}`) : part;
      })
      .join(' › ');
  }

  function nameOf(id: string): string {
    const queue = directory.queueById.get(id);
    const permission = permissionWords[id as Permission];
    if (permission) return phrase(permission.name);
    return directory.operatorById.get(id)?.name ?? (queue ? phrase(queue.name) : id);
  }

  function spansIn(list: unknown[]): string | null {
    const spans = list.map((each) => each as { from?: string; to?: string; date?: string });
    if (!spans.every((span) => typeof span?.from === 'string' && typeof span.to === 'string')) return null;
    return spans.map(({ from, to }) => `${from}–${to}`).join(t('hours.and')) || t('hours.closed');
  }

  function value(recorded: unknown): string {
    if (typeof recorded === 'boolean') return t(recorded ? 'audit.yes' : 'audit.no');
    if (typeof recorded === 'string') return nameOf(recorded);
    if (!Array.isArray(recorded)) return JSON.stringify(recorded);
    if (recorded.every((each) => typeof each === 'string')) return recorded.map(nameOf).join(', ') || t('audit.none');
    return spansIn(recorded) ?? JSON.stringify(recorded);
  }
  return { field, value };
}
