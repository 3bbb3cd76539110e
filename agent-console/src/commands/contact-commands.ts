import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useReviewContact } from '../composables/use-review-contact.ts';
import { useTicketActions } from '../composables/use-ticket-actions.ts';
import { useFollowUps } from '../stores/follow-ups.ts';
import { useInbox } from '../stores/inbox.ts';
import { useOffers } from '../stores/offers.ts';
import { usePreferences } from '../stores/preferences.ts';
import { useSession } from '../stores/session.ts';
import { useWorkspace } from '../stores/workspace.ts';
import type { Command } from './command.ts';

/** What is done with the offer on screen and with the open ticket. */
export function useContactCommands(): Command[] {
  const workspace = useWorkspace();
  const preferences = usePreferences();
  const inbox = useInbox();
  const offers = useOffers();
  const followUps = useFollowUps();
  const session = useSession();
  const route = useRoute();
  const router = useRouter();
  const actions = useTicketActions();
  const { review } = useReviewContact();

  const ticket = computed(() => inbox.tickets.get(String(route.params.id ?? '')) ?? null);
  const isOpen = () => ticket.value !== null;
  /** Enabled when there is a ticket that `may` allows. */
  const when = (may: (of: NonNullable<typeof ticket.value>) => boolean) => () =>
    ticket.value !== null && may(ticket.value);
  const withId = (work: (id: string) => unknown) => () => ticket.value && work(ticket.value.id);
  const isOffered = () => offers.current !== null && workspace.dialog === null;

  const hasFollowUp = () => followUps.openOf(ticket.value?.id ?? '').length > 0;
  function followUp(wanted: 'done' | 'later') {
    workspace.followUpWanted = wanted;
  }

  return [
    {
      id: 'accept',
      group: 'offer',
      icon: 'i-lucide-check',
      keys: ['Enter'],
      enabled: isOffered,
      run: actions.acceptOffer,
    },
    {
      id: 'decline',
      group: 'offer',
      icon: 'i-lucide-x',
      keys: ['Escape'],
      enabled: isOffered,
      run: actions.declineOffer,
    },
    {
      id: 'reply',
      group: 'contact',
      icon: 'i-lucide-reply',
      keys: ['r'],
      enabled: when(actions.isMine),
      run: () => workspace.toComposer('reply'),
    },
    {
      id: 'note',
      group: 'contact',
      icon: 'i-lucide-sticky-note',
      keys: ['n'],
      enabled: isOpen,
      run: () => workspace.toComposer('note'),
    },
    {
      id: 'toggleNote',
      group: 'contact',
      icon: 'i-lucide-notebook-pen',
      keys: ['alt+n'],
      whileTyping: true,
      enabled: isOpen,
      run: () => workspace.toComposer(workspace.composerMode === 'note' ? 'reply' : 'note'),
    },
    {
      id: 'insertSuggestion',
      group: 'contact',
      icon: 'i-lucide-lightbulb',
      keys: ['alt+Enter'],
      whileTyping: true,
      enabled: () => workspace.suggested !== null,
      run: () => {
        workspace.insertion = workspace.suggested;
      },
    },
    {
      id: 'attach',
      group: 'contact',
      icon: 'i-lucide-paperclip',
      keys: ['alt+a'],
      whileTyping: true,
      enabled: when(actions.isMine),
      run: workspace.toFiles,
    },
    {
      id: 'macro',
      group: 'contact',
      icon: 'i-lucide-list-checks',
      keys: [';'],
      enabled: when((each) => actions.isMine(each) || actions.canTransfer(each)),
      run: () => workspace.open('macro'),
    },
    {
      id: 'take',
      group: 'contact',
      icon: 'i-lucide-hand',
      keys: ['a'],
      enabled: when(actions.canTake),
      run: withId(actions.take),
    },
    {
      id: 'transfer',
      group: 'contact',
      icon: 'i-lucide-arrow-right-left',
      keys: ['t'],
      enabled: when(actions.canTransfer),
      run: () => workspace.open('transfer'),
    },
    {
      id: 'forward',
      group: 'contact',
      icon: 'i-lucide-forward',
      keys: ['f'],
      enabled: when(actions.canForward),
      run: () => workspace.open('forward'),
    },
    {
      id: 'snooze',
      group: 'contact',
      icon: 'i-lucide-clock-arrow-down',
      keys: ['s'],
      enabled: when(actions.canSnooze),
      run: () => workspace.open('snooze'),
    },
    {
      id: 'wake',
      group: 'contact',
      icon: 'i-lucide-clock-arrow-up',
      keys: ['s'],
      enabled: when(actions.canWake),
      run: withId(actions.wake),
    },
    {
      id: 'merge',
      group: 'contact',
      icon: 'i-lucide-merge',
      keys: ['m'],
      enabled: when(actions.canMerge),
      run: () => workspace.open('merge'),
    },
    {
      id: 'followUp',
      group: 'contact',
      icon: 'i-lucide-calendar-clock',
      keys: ['d'],
      enabled: isOpen,
      run: () => workspace.open('followUp'),
    },
    {
      id: 'followUpDone',
      group: 'contact',
      icon: 'i-lucide-calendar-check',
      keys: ['h'],
      enabled: hasFollowUp,
      run: () => followUp('done'),
    },
    {
      id: 'followUpLater',
      group: 'contact',
      icon: 'i-lucide-calendar-clock',
      keys: ['o'],
      enabled: hasFollowUp,
      run: () => followUp('later'),
    },
    {
      id: 'close',
      group: 'contact',
      icon: 'i-lucide-circle-check-big',
      keys: ['e'],
      enabled: when(actions.canClose),
      run: () => workspace.open('close'),
    },
    {
      id: 'reopen',
      group: 'contact',
      icon: 'i-lucide-rotate-ccw',
      keys: ['u'],
      enabled: when((each) => each.state === 'closed'),
      run: withId(actions.reopen),
    },
    {
      id: 'review',
      group: 'contact',
      icon: 'i-lucide-star',
      keys: ['q'],
      enabled: when((each) => each.state === 'closed' && session.may('quality.review')),
      run: withId(review),
    },
    {
      id: 'dial',
      group: 'contact',
      icon: 'i-lucide-phone-outgoing',
      keys: ['l'],
      enabled: () => session.may('calls.start') && !session.presence?.inCall,
      run: () => workspace.toDial(),
    },
    {
      id: 'citizenPage',
      group: 'contact',
      icon: 'i-lucide-contact-round',
      keys: ['g i'],
      enabled: isOpen,
      run: () => ticket.value && router.push({ name: 'citizen', params: { citizenId: ticket.value.citizen.id } }),
    },
    {
      id: 'citizenPanel',
      group: 'contact',
      icon: 'i-lucide-panel-right',
      keys: ['i'],
      enabled: isOpen,
      run: preferences.toggleCitizenPanel,
    },
  ];
}
