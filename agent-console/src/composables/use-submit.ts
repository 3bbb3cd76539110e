import { ref } from 'vue';
import type { ApiFailure } from '../api/failure.ts';

/** A form's way to the server: busy while it is under way, and the refusal if there is one. */
export function useSubmit(work: () => Promise<unknown>) {
  const busy = ref(false);
  const failure = ref<ApiFailure | null>(null);

  async function submit() {
    if (busy.value) return;
    busy.value = true;
    failure.value = null;
    try {
      await work();
    } catch (error) {
      failure.value = error as ApiFailure;
    } finally {
      busy.value = false;
    }
  }
  return { busy, failure, submit };
}
