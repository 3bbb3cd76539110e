import { defineStore } from 'pinia';
import { reactive } from 'vue';
import type { CaseDetail } from '../../../server/contract/case.ts';
import type { CaseStatus } from '../../../server/contract/case-status.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useCases } from './cases.ts';
import { useConnection } from './connection.ts';

/** Something written in a case that the server has not confirmed yet. */
export interface UnsavedText {
  clientId: string;
  kind: 'note' | 'update';
  text: string;
  at: string;
  state: 'sending' | 'refused';
  reason: string | null;
}
export type OpenCase =
  | { status: 'loading' }
  | { status: 'failed'; failure: ApiFailure }
  | {
      status: 'ready';
      detail: CaseDetail;
      /** Asked for and not confirmed yet. */
      becoming: CaseStatus | null;
      unsaved: UnsavedText[];
    };

const KEPT = 12;

/** Cases that are or were lately on screen in full, followed live. */
export const useOpenCases = defineStore('open-cases', () => {
  const cases = useCases();
  const open = reactive(new Map<string, OpenCase>());
  const loading = new Map<string, Promise<void>>();

  const ready = (id: string) => {
    const entry = open.get(id);
    return entry?.status === 'ready' ? entry : null;
  };

  function take(detail: CaseDetail) {
    const known = ready(detail.id);
    if (known && known.detail.version > detail.version) return;
    if (known) known.detail = detail;
    else open.set(detail.id, { status: 'ready', detail, becoming: null, unsaved: [] });
    cases.receive(detail);
  }

  async function fetchCase(id: string) {
    if (!ready(id)) open.set(id, { status: 'loading' });
    try {
      take(await call('openCase', { params: { id } }));
    } catch (failure) {
      if (!ready(id)) open.set(id, { status: 'failed', failure: failure as ApiFailure });
    } finally {
      loading.delete(id);
    }
  }

  /** Loads a case, or loads it again; what is on screen stays until the newer is here. */
  function load(id: string): Promise<void> {
    const running = loading.get(id) ?? fetchCase(id);
    loading.set(id, running);
    for (const old of open.keys()) {
      if (open.size <= KEPT) break;
      if (old !== id && ready(old)?.unsaved.length === 0) open.delete(old);
    }
    return running;
  }

  /** Shows the new status at once and takes it back when it is refused. Rejects with the refusal. */
  async function become(id: string, status: CaseStatus, work: () => Promise<CaseDetail>) {
    const entry = ready(id);
    if (entry) entry.becoming = status;
    try {
      take(await work());
    } finally {
      if (entry) entry.becoming = null;
    }
  }

  async function deliver(id: string, item: UnsavedText) {
    const { clientId, kind, text } = item;
    item.state = 'sending';
    try {
      const written = { params: { id }, body: { clientId, text } };
      take(await (kind === 'note' ? call('addCaseNote', written) : call('addCaseUpdate', written)));
      takeBack(id, clientId);
    } catch (failure) {
      item.state = 'refused';
      item.reason = (failure as ApiFailure).message;
    }
  }

  /** Adds a note or an update, on screen at once; refused, it stays there with the reason. */
  async function write(id: string, kind: UnsavedText['kind'], text: string) {
    const entry = ready(id);
    if (!entry) return;
    const clientId = crypto.randomUUID();
    entry.unsaved.push({ clientId, kind, text, at: new Date().toISOString(), state: 'sending', reason: null });
    await retry(id, clientId);
  }

  async function retry(id: string, clientId: string) {
    const item = ready(id)?.unsaved.find((each) => each.clientId === clientId);
    if (item) await deliver(id, item);
  }

  function takeBack(id: string, clientId: string) {
    const entry = ready(id);
    if (entry) entry.unsaved = entry.unsaved.filter((each) => each.clientId !== clientId);
  }

  cases.onNews((news) => {
    const entry = ready(news.id);
    if (entry && entry.detail.version < news.version) void load(news.id);
  });
  useConnection().onReconnect(() => {
    for (const id of open.keys()) void load(id);
  });

  return { open, load, take, become, write, retry, takeBack };
});
