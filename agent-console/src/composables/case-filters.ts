import type { LocationQuery } from 'vue-router';
import type { CaseSummary } from '../../../server/contract/case.ts';
import { caseStatuses, isCaseOpen } from '../../../server/contract/case-status.ts';
import { plainText } from './plain-text.ts';

/** What of the cases is looked at. As in the address of the page, so that it can be kept and passed on. */
export interface CaseFilters {
  q: string;
  state: 'open' | 'closed' | 'all';
  status: CaseSummary['status'] | '';
  serviceId: string;
  departmentId: string;
  coloniaId: string;
  late: boolean;
  triage: boolean;
}
export type CaseLayout = 'list' | 'board' | 'map';

/** Nothing narrows the list, open or closed apart. */
export const noFilters = {
  q: '',
  status: '',
  serviceId: '',
  departmentId: '',
  coloniaId: '',
  late: false,
  triage: false,
} as const satisfies Partial<CaseFilters>;

const states = ['open', 'closed', 'all'] as const;
const text = (query: LocationQuery, name: string) => (typeof query[name] === 'string' ? query[name] : '');

export function caseFiltersOf(query: LocationQuery): CaseFilters {
  return {
    q: text(query, 'q').slice(0, 200),
    state: states.find((each) => each === query.state) ?? 'open',
    status: caseStatuses.find((each) => each === query.status) ?? '',
    serviceId: text(query, 'service'),
    departmentId: text(query, 'department'),
    coloniaId: text(query, 'colonia'),
    late: query.late === '1',
    triage: query.triage === '1',
  };
}

export function caseLayoutOf(query: LocationQuery): CaseLayout {
  return query.view === 'board' || query.view === 'map' ? query.view : 'list';
}

/** The page's address for filters and layout; what is as usual is left out. */
export function caseQuery(filters: CaseFilters, layout: CaseLayout): Record<string, string> {
  const all: Record<string, string> = {
    view: layout === 'list' ? '' : layout,
    q: filters.q,
    state: filters.state === 'open' ? '' : filters.state,
    status: filters.status,
    service: filters.serviceId,
    department: filters.departmentId,
    colonia: filters.coloniaId,
    late: filters.late ? '1' : '',
    triage: filters.triage ? '1' : '',
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** As the server takes them: one status says more than open or closed. */
export function caseRequest(filters: CaseFilters) {
  const { q, status, serviceId, departmentId, coloniaId, late, triage } = filters;
  return {
    state: status ? ('all' as const) : filters.state,
    ...(q.trim() ? { q: q.trim() } : {}),
    ...(status ? { status } : {}),
    ...(serviceId ? { serviceId } : {}),
    ...(departmentId ? { departmentId } : {}),
    ...(coloniaId ? { coloniaId } : {}),
    ...(late ? { late: 'true' } : {}),
    ...(triage ? { triage: 'true' } : {}),
  };
}

/** How many filters narrow the list, the words and open or closed apart. */
export function narrowing({ status, serviceId, departmentId, coloniaId, late, triage }: CaseFilters): number {
  return [status, serviceId, departmentId, coloniaId, late, triage].filter(Boolean).length;
}

/** Whether a case belongs to what is looked at, as far as can be told here: the server alone knows every word. */
export function matchesCase(filters: CaseFilters, each: CaseSummary, today: string): boolean {
  const open = isCaseOpen(each.status);
  if (
    filters.status ? each.status !== filters.status : filters.state !== 'all' && open !== (filters.state === 'open')
  ) {
    return false;
  }
  if (filters.serviceId && each.serviceId !== filters.serviceId) return false;
  if (filters.departmentId && each.departmentId !== filters.departmentId) return false;
  if (filters.coloniaId && each.place?.coloniaId !== filters.coloniaId) return false;
  if (filters.late && !(open && each.promisedFor < today)) return false;
  if (filters.triage && !each.place?.triage) return false;
  const words = plainText(`${each.folio} ${each.service} ${each.description} ${each.place?.address ?? ''}`);
  return plainText(filters.q)
    .split(/\s+/)
    .every((word) => words.includes(word));
}
