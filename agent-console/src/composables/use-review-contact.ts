import { useRouter } from 'vue-router';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useTicketActions } from './use-ticket-actions.ts';

/** Leads to the review of a contact, which begins if there is none. */
export function useReviewContact() {
  const router = useRouter();
  const { tell } = useTicketActions();

  async function review(ticketId: string) {
    try {
      const { id } = await call('askReview', { body: { ticketId } });
      await router.push({ name: 'quality-review', params: { reviewId: id } });
    } catch (failure) {
      tell(failure as ApiFailure);
    }
  }
  return { review };
}
