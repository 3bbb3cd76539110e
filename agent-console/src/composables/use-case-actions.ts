import { useToast } from '@nuxt/ui/composables/useToast';
import { useI18n } from 'vue-i18n';
import type { CaseSummary } from '../../../server/contract/case.ts';
import { type CaseStatus, nextCaseStatuses } from '../../../server/contract/case-status.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useOpenCases } from '../stores/open-cases.ts';
import { useSaved } from './use-saved.ts';

/** What goes with a step, by where it leads. */
export interface Step {
  status: CaseStatus;
  update: string;
  reason: string;
  owner: string;
}

/** Steps that cannot be taken without asking something first. */
export const asksFirst = (status: CaseStatus): boolean =>
  status === 'rejected' || status === 'not_ours' || status === 'waiting_citizen' || status === 'solved';

/** What is done with a case; its version goes along, so that nobody decides on what they have not seen. */
export function useCaseActions() {
  const openCases = useOpenCases();
  const toast = useToast();
  const { saved } = useSaved();
  const { t } = useI18n();

  const tell = (failure: ApiFailure) =>
    toast.add({ title: failure.message, icon: 'i-lucide-circle-alert', color: 'error' });

  /** Rejects with the refusal; by then the old status is on screen again. */
  async function take({ id, folio, status: before }: CaseSummary, version: number, step: Step) {
    const { status, update, reason, owner } = step;
    const body = {
      status,
      version,
      ...(update.trim() ? { update: update.trim() } : {}),
      ...(status === 'rejected' ? { reason: reason.trim() } : {}),
      ...(status === 'not_ours' ? { owner: owner.trim() } : {}),
    };
    await openCases.become(id, status, () => call('changeCaseStatus', { params: { id }, body }));
    const way = nextCaseStatuses[status].includes(before);
    saved(
      t('caseStep.done', { folio, status: t(`caseStatus.${status}`) }),
      way ? { label: t('close.undo'), run: () => undo(id, before) } : undefined,
    );
  }

  /** Takes a step back, from however it stands then. */
  async function undo(id: string, status: CaseStatus) {
    try {
      const { version } = await call('openCase', { params: { id } });
      const work = () => call('changeCaseStatus', { params: { id }, body: { status, version } });
      await openCases.become(id, status, work);
    } catch (failure) {
      tell(failure as ApiFailure);
    }
  }
  return { take, tell };
}
