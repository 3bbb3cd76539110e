import { ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { whenSecondStepIsMissing, whenSignedOut } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useConnection } from '../stores/connection.ts';
import { useDirectory } from '../stores/directory.ts';
import { useOffers } from '../stores/offers.ts';
import { useSession } from '../stores/session.ts';

export type Boot =
  | { status: 'starting' }
  | { status: 'failed'; failure: ApiFailure }
  /** Their role requires a second step, and time is up: nothing else opens before it. */
  | { status: 'secondStep' }
  | { status: 'ready' };

/** Finds out who is signed in and loads what every page needs; without a session it leads to the sign-in. */
export function useBoot() {
  const boot = ref<Boot>({ status: 'starting' });
  const session = useSession();
  const router = useRouter();
  const route = useRoute();

  /** A session that ended takes the whole page with it, so that the next person finds nothing of it in memory. */
  function toSignIn() {
    const to = router.resolve({ name: 'sign-in', query: { next: route.fullPath } });
    if (session.operator) location.assign(to.href);
    else void router.replace(to);
  }

  async function attend() {
    // Without it the first offer would still come by the socket.
    await useOffers()
      .refresh()
      .catch(() => {});
  }

  async function start() {
    boot.value = { status: 'starting' };
    try {
      if (!session.operator) await session.resume();
      if (isLocked()) {
        boot.value = { status: 'secondStep' };
        return;
      }
      const directory = useDirectory();
      await directory.load();
      useConnection().open();
      if (session.attends) await attend();
      boot.value = { status: 'ready' };
    } catch (error) {
      const failure = error as ApiFailure;
      if (failure.code === 'unauthenticated') toSignIn();
      else boot.value = { status: 'failed', failure };
    }
  }

  const isLocked = () => session.operator?.secondStep === 'overdue';
  watch(isLocked, (locked) => {
    if (locked) boot.value = { status: 'secondStep' };
  });
  whenSecondStepIsMissing(() => void session.resume());
  whenSignedOut(toSignIn);
  return { boot, start };
}
