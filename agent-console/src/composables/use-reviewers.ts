import { computed } from 'vue';
import { call } from '../api/client.ts';
import { useLoad } from './use-load.ts';

/** Who may score contacts. */
export function useReviewers() {
  const { state } = useLoad(() => call('listReviewers'));
  const reviewers = computed(() => (state.value.status === 'ready' ? state.value.value : []));
  const nameOf = (id: string) => reviewers.value.find((each) => each.id === id)?.name ?? id;
  return { reviewers, nameOf };
}
