import { ref } from 'vue';
import type { EmailView } from '../../../server/contract/http.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';

export type LoadedEmail =
  | { status: 'idle' }
  | { status: 'loading' }
  | { status: 'failed'; failure: ApiFailure }
  | { status: 'ready'; view: EmailView };

/** A mail in full, fetched when somebody first asks for what its message leaves out. */
export function useEmailView(messageId: () => string) {
  const email = ref<LoadedEmail>({ status: 'idle' });

  async function load() {
    if (email.value.status === 'ready' || email.value.status === 'loading') return;
    email.value = { status: 'loading' };
    try {
      email.value = { status: 'ready', view: await call('openEmail', { params: { id: messageId() } }) };
    } catch (failure) {
      email.value = { status: 'failed', failure: failure as ApiFailure };
    }
  }
  function forget() {
    email.value = { status: 'idle' };
  }
  return { email, load, forget };
}
