import type { CallInProgress } from '../voice/phone/call-in-progress.ts';
import type { CallAct } from './screen-api.ts';

/** Does with a call what the page asks for. */
export function actOn(call: CallInProgress, act: CallAct): void {
  switch (act.type) {
    case 'answer':
      return call.answer();
    case 'decline':
      return call.decline();
    case 'hang_up':
      return call.hangUp();
    case 'press':
      return call.press(act.keys);
    case 'speak':
      return call.speak(act.text);
  }
}
