import { onScopeDispose, type Ref, ref, watch } from 'vue';
import type { CaseSummary } from '../../../server/contract/case.ts';
import { type CaseStatus, isCaseOpen } from '../../../server/contract/case-status.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { serverNow } from '../api/server-clock.ts';
import { useCases } from '../stores/cases.ts';
import { useConnection } from '../stores/connection.ts';
import { type CaseFilters, caseRequest, matchesCase } from './case-filters.ts';
import { useFormats } from './use-formats.ts';

export interface BoardColumn {
  status: CaseStatus;
  /** Of all its cases; the first of them are on the board. */
  total: number;
  ids: string[];
}
export type CaseBoardState =
  | { status: 'loading' }
  | { status: 'failed'; failure: ApiFailure }
  | { status: 'ready'; columns: BoardColumn[] };

/**
 * The cases that filters let through, a column a status. While `held`, what others change waits: no card moves under
 * the reader's hand.
 */
export function useCaseBoard(filters: Readonly<Ref<CaseFilters>>, held: Readonly<Ref<boolean>>) {
  const cases = useCases();
  const { dateOf } = useFormats();
  const board = ref<CaseBoardState>({ status: 'loading' });
  const waiting = new Map<string, CaseSummary>();
  let asked = 0;

  const isShown = (status: CaseStatus) => {
    const { status: only, state } = filters.value;
    if (only) return status === only;
    return state === 'all' || isCaseOpen(status) === (state === 'open');
  };

  async function load(quiet = false) {
    asked += 1;
    const turn = asked;
    if (!quiet) board.value = { status: 'loading' };
    try {
      const { columns } = await call('caseBoard', { query: caseRequest(filters.value) });
      if (turn !== asked) return;
      for (const each of columns.flatMap((column) => column.cases)) cases.receive(each);
      waiting.clear();
      board.value = {
        status: 'ready',
        columns: columns
          .filter(({ status }) => isShown(status))
          .map(({ status, total, cases: first }) => ({ status, total, ids: first.map(({ id }) => id) })),
      };
    } catch (failure) {
      if (turn === asked && !quiet) board.value = { status: 'failed', failure: failure as ApiFailure };
    }
  }

  /** Puts a card into a column, or off the board. */
  function put(id: string, status: CaseStatus | null) {
    if (board.value.status !== 'ready') return;
    for (const column of board.value.columns) {
      const here = column.ids.includes(id);
      if (column.status === status && !here) {
        column.ids = [id, ...column.ids];
        column.total += 1;
      } else if (column.status !== status && here) {
        column.ids = column.ids.filter((each) => each !== id);
        column.total -= 1;
      }
    }
  }
  function apply(news: CaseSummary) {
    put(news.id, matchesCase(filters.value, news, dateOf(serverNow())) ? news.status : null);
  }
  function applyWaiting() {
    for (const news of waiting.values()) apply(news);
    waiting.clear();
  }
  watch(held, (now) => !now && applyWaiting());

  const stop = [
    cases.onNews((news) => {
      if (held.value) waiting.set(news.id, news);
      else apply(news);
    }),
    useConnection().onReconnect(() => load(true)),
  ];
  onScopeDispose(() => {
    for (const each of stop) each();
  });
  watch(filters, () => load(), { immediate: true });

  return { board, load, put };
}
