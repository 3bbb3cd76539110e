import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Offer } from '../../../server/contract/http.ts';
import { call } from '../api/client.ts';
import { serverNow } from '../api/server-clock.ts';
import { consoleSocket } from '../api/socket.ts';
import { useConnection } from './connection.ts';
import { useInbox } from './inbox.ts';

/** What this operator is being asked to take. */
export const useOffers = defineStore('offers', () => {
  const inbox = useInbox();
  const offers = ref<Offer[]>([]);
  const answering = ref(false);
  const current = computed(() => offers.value[0] ?? null);

  const drop = (offerId: string) => {
    offers.value = offers.value.filter((offer) => offer.id !== offerId);
  };

  function receive(offer: Offer) {
    inbox.receive(offer.ticket);
    const left = Date.parse(offer.expiresAt) - serverNow();
    if (left <= 0) return;
    offers.value = [...offers.value.filter((each) => each.id !== offer.id), offer];
    // The server ends an offer; this is for the case that its word is lost with the connection.
    setTimeout(() => drop(offer.id), left + 1_500);
  }

  async function refresh() {
    const { offer } = await call('currentOffer');
    offers.value = [];
    if (offer) receive(offer);
  }

  /** Resolves to the ticket's id once it is ours. An offer that is gone leaves the screen either way. */
  async function accept(offerId: string): Promise<string> {
    answering.value = true;
    try {
      const ticket = await call('acceptOffer', { params: { id: offerId } });
      inbox.receive(ticket);
      return ticket.id;
    } finally {
      answering.value = false;
      drop(offerId);
    }
  }

  async function decline(offerId: string) {
    drop(offerId);
    await call('declineOffer', { params: { id: offerId } });
  }

  const socket = consoleSocket();
  socket.on('offer', receive);
  socket.on('offer.ended', ({ offerId }) => drop(offerId));
  useConnection().onReconnect(() => refresh().catch(() => {}));

  return { current, answering, refresh, accept, decline };
});
