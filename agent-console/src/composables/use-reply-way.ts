import { computed, ref, watch } from 'vue';
import type { ChannelName } from '../../../server/contract/channel.ts';
import type { TicketDetail, TicketSummary } from '../../../server/contract/http.ts';
import type { Conversation } from '../stores/conversations.ts';
import { useDrafts } from '../stores/drafts.ts';
import { oneLog } from './joined-logs.ts';

/** One of the conversations of a contact, to answer by. */
export interface ReplyWay extends Pick<TicketDetail, 'email' | 'messaging'> {
  id: string;
  /** Of the contact whose it is or was. */
  number: number;
  channel: ChannelName;
  /** With whom. */
  name: string | null;
  /** Brought by a merged contact. */
  joined: boolean;
}

/**
 * By which of its conversations a contact is answered: where its citizen wrote last, unless the operator chose another.
 * What is being written stays where it was begun.
 */
export function useReplyWay(ticket: () => TicketSummary, conversation: () => Conversation) {
  const drafts = useDrafts();
  const ways = computed((): ReplyWay[] => {
    const { conversationId, citizen, email, messaging, joined } = conversation();
    const { number, channel } = ticket();
    const own = { id: conversationId, number, channel, name: citizen.name, email, messaging, joined: false };
    const others = joined.map(({ id, number, channel, citizenName, email, messaging }) => ({
      id,
      number,
      channel,
      name: citizenName,
      email,
      messaging,
      joined: true,
    }));
    // Nobody on the telephone reads.
    return [own, ...others].filter(({ channel }) => channel !== 'voice');
  });
  const heard = computed(() => {
    const { messages } = oneLog([conversation(), ...conversation().joined]);
    const last = messages.findLast(({ direction }) => direction === 'in');
    return ways.value.find(({ id }) => id === last?.conversationId) ?? ways.value[0];
  });
  const chosenId = ref(heard.value?.id);
  const isWriting = () =>
    drafts.hasDraft(ticket().id) || document.activeElement?.matches('[data-composer] textarea') === true;
  watch(
    () => heard.value?.id,
    (id) => {
      if (!isWriting()) chosenId.value = id;
    },
  );
  const way = computed({
    get: () => ways.value.find(({ id }) => id === chosenId.value) ?? heard.value,
    set: (next) => {
      chosenId.value = next?.id;
    },
  });
  return { ways, way };
}
