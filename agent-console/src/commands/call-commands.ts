import { useCallActions } from '../composables/use-call-actions.ts';
import { useLiveCall } from '../composables/use-live-call.ts';
import { useCallDevice } from '../stores/call-device.ts';
import { useCalls } from '../stores/calls.ts';
import { useSession } from '../stores/session.ts';
import { useWorkspace } from '../stores/workspace.ts';
import type { Command } from './command.ts';

/** The telephone: what rings and the call that is spoken. */
export function useCallCommands(): Command[] {
  const session = useSession();
  const workspace = useWorkspace();
  const calls = useCalls();
  const device = useCallDevice();
  const actions = useCallActions();
  const { call, isHere, standing } = useLiveCall();

  const isAsked = () => calls.asked !== null && workspace.dialog === null;
  const inCall = () => call.value !== null;

  return [
    {
      id: 'callAnswer',
      group: 'call',
      icon: 'i-lucide-phone',
      keys: ['Enter'],
      enabled: isAsked,
      run: actions.answerAsked,
    },
    {
      id: 'callDecline',
      group: 'call',
      icon: 'i-lucide-phone-off',
      keys: ['Escape'],
      enabled: isAsked,
      run: actions.declineAsked,
    },
    {
      id: 'mute',
      group: 'call',
      icon: 'i-lucide-mic-off',
      keys: ['m', 'alt+m'],
      whileTyping: true,
      enabled: () => isHere.value,
      run: actions.toggleMute,
    },
    {
      id: 'hold',
      group: 'call',
      icon: 'i-lucide-pause',
      keys: ['h'],
      enabled: actions.canHold,
      run: actions.toggleHold,
    },
    {
      id: 'callKeypad',
      group: 'call',
      icon: 'i-lucide-grid-3x3',
      keys: ['d'],
      enabled: () => isHere.value,
      run: () => workspace.open('callKeypad'),
    },
    {
      id: 'callConsult',
      group: 'call',
      icon: 'i-lucide-users-round',
      keys: ['q'],
      enabled: actions.canHandOver,
      run: () => workspace.open('callConsult'),
    },
    {
      id: 'callTransfer',
      group: 'call',
      icon: 'i-lucide-phone-forwarded',
      keys: ['t'],
      enabled: actions.canHandOver,
      run: () => workspace.open('callTransfer'),
    },
    {
      id: 'pauseRecording',
      group: 'call',
      icon: 'i-lucide-circle-pause',
      keys: ['w'],
      enabled: actions.canPause,
      run: actions.togglePause,
    },
    {
      id: 'fetchCall',
      group: 'call',
      icon: 'i-lucide-phone-incoming',
      enabled: () => standing.value === 'lost' || standing.value === 'apart',
      run: actions.fetchHere,
    },
    {
      id: 'hangUp',
      group: 'call',
      icon: 'i-lucide-phone-off',
      // Twice, so that no slip of a finger ends a call; together with Alt even from the middle of a note.
      keys: ['x x', 'alt+x'],
      whileTyping: true,
      enabled: inCall,
      run: actions.hangUp,
    },
    {
      id: 'takeCalls',
      group: 'presence',
      icon: 'i-lucide-phone-incoming',
      enabled: () => session.may('calls.take') && !device.takesCalls,
      run: () => actions.takeCalls(true),
    },
    {
      id: 'leaveCalls',
      group: 'presence',
      icon: 'i-lucide-phone-missed',
      enabled: () => session.may('calls.take') && device.takesCalls,
      run: () => actions.takeCalls(false),
    },
  ];
}
