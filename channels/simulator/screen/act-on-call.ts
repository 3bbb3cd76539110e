import type { CallInProgress } from '../voice/phone/call-in-progress.ts';
import type { CallAct } from './screen-api.ts';

/** Does with a call what the page asks for. */
export function actOn(call: CallInProgress, act: CallAct): void {
  if (act.type === 'press') call.press(act.keys);
  else if (act.type === 'speak') call.speak(act.text);
  else if (act.type === 'answer') call.answer();
  else if (act.type === 'decline') call.decline();
  else call.hangUp();
}
