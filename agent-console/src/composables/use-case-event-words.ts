import { useI18n } from 'vue-i18n';
import type { CaseEvent } from '../../../server/contract/case.ts';
import { caseStatuses } from '../../../server/contract/case-status.ts';
import { useDirectory } from '../stores/directory.ts';
import { useFormats } from './use-formats.ts';

/** Columns of a case as its story names them, by the field of the form they belong to. */
const columns: Record<string, string> = {
  affected: 'affected',
  department_id: 'departmentId',
  description: 'description',
  priority: 'priority',
  promised_for: 'promisedFor',
  protected: 'protected',
  service_id: 'serviceId',
  working_days: 'promisedFor',
};
/** What is not named belongs to the place. */
const fieldOf = (column: string): string => columns[column] ?? 'place';

/** One line of a case's story, in words. */
export function useCaseEventWords() {
  const { t } = useI18n();
  const { localDay, dayAndTime } = useFormats();
  const directory = useDirectory();

  const value = (event: CaseEvent, key: string) => {
    const found = event.data[key];
    return typeof found === 'string' ? found : '';
  };

  function actorName({ type, name }: CaseEvent['actor']): string {
    if (type === 'bot') return t('author.bot');
    if (type === 'citizen') return name ?? t('author.citizen');
    if (type === 'department') return name ?? t('author.department');
    return name ?? t('author.system');
  }

  /** The status a step led to; null where the event tells none. */
  const statusOf = (event: CaseEvent) => caseStatuses.find((each) => each === value(event, 'status')) ?? null;

  /** What was edited: field by field, and from what to what where the story tells. */
  function edited(event: CaseEvent): string[] {
    const { changes } = event.data;
    if (typeof changes !== 'object' || changes === null) return [];
    const lines = Object.entries(changes).map(([column, change]) => {
      const field = fieldOf(column);
      const told = change as { from?: unknown; to?: unknown } | true;
      if (told === true || field === 'description' || field === 'place') return t(`caseField.${field}`);
      const [from, to] = [worded(column, told.from), worded(column, told.to)];
      return t('caseEvent.fromTo', { field: t(`caseField.${field}`), from, to });
    });
    return [...new Set(lines)];
  }
  function worded(column: string, value: unknown): string {
    if (column === 'department_id') return directory.departmentTitle(String(value));
    if (column === 'service_id') return directory.serviceById.get(String(value))?.title ?? String(value);
    if (column === 'priority')
      return t(`priority.${(['urgent', 'high', 'normal'] as const)[Number(value)] ?? 'normal'}`);
    return column === 'promised_for' ? localDay(String(value)) : String(value ?? '—');
  }

  function words(event: CaseEvent): string {
    const name = actorName(event.actor);
    switch (event.type) {
      case 'status_changed': {
        const status = statusOf(event);
        return status
          ? t('caseEvent.became', { name, status: t(`caseStatus.${status}`) })
          : t('caseEvent.edited', { name });
      }
      case 'follow_up_set':
        return t('caseEvent.follow_up_set', { name, time: dayAndTime(value(event, 'dueAt')) });
      default:
        return t(`caseEvent.${event.type}`, { name });
    }
  }

  /** Why, who is responsible, what was edited: where the event tells. */
  function details(event: CaseEvent): string[] {
    const owner = value(event, 'owner');
    return [value(event, 'reason'), owner ? t('case.ownerIs', { owner }) : '', ...edited(event)].filter(Boolean);
  }
  return { words, details, statusOf, textOf: (event: CaseEvent) => value(event, 'text') };
}
