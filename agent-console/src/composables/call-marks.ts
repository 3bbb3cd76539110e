import type { CallOutcome, CallStage } from '../../../server/contract/call.ts';

interface Mark {
  icon: string;
  tone: string;
}

/** What a call came to, as an icon and a colour beside the words. */
export const outcomeMarks: Record<CallOutcome, Mark> = {
  answered: { icon: 'i-lucide-phone', tone: 'text-success' },
  self_service: { icon: 'i-lucide-bot', tone: 'text-muted' },
  abandoned: { icon: 'i-lucide-phone-missed', tone: 'text-error' },
  callback: { icon: 'i-lucide-phone-outgoing', tone: 'text-warning' },
  voicemail: { icon: 'i-lucide-voicemail', tone: 'text-info' },
  moved: { icon: 'i-lucide-message-circle-more', tone: 'text-info' },
  transferred: { icon: 'i-lucide-phone-forwarded', tone: 'text-muted' },
  unreached: { icon: 'i-lucide-phone-off', tone: 'text-muted' },
  failed: { icon: 'i-lucide-unplug', tone: 'text-error' },
};

/** Where a call is that goes on. */
export const stageMarks: Record<CallStage, Mark> = {
  dialling: { icon: 'i-lucide-phone-outgoing', tone: 'text-info' },
  bot: { icon: 'i-lucide-bot', tone: 'text-muted' },
  queue: { icon: 'i-lucide-hourglass', tone: 'text-warning' },
  connecting: { icon: 'i-lucide-bell-ring', tone: 'text-warning' },
  room: { icon: 'i-lucide-phone-call', tone: 'text-info' },
  voicemail: { icon: 'i-lucide-voicemail', tone: 'text-info' },
  ended: { icon: 'i-lucide-phone-off', tone: 'text-muted' },
};
