import { lockCall } from '../change-call.ts';
import { isCompany } from '../find-call.ts';
import { transferFailed } from '../transfer-failed.ts';
import { type CallerScene, changeScene, type NextStep, speak, unspokenWords } from './caller-scene.ts';

/** Music until somebody is on the line, or is back. Whoever joins rings for the caller's end to come. */
const WAIT_SECONDS = 10;

/** A person has the contact: into the room as soon as they are there. */
export function withPeople(scene: CallerScene): NextStep[] {
  const { legs, script, call, conversation, context, ticket } = scene;
  const words = unspokenWords(scene);
  script.asking = null;
  if (legs.some((leg) => leg.state === 'joined' && isCompany(leg))) {
    // Who spoke into the greeting, or is called by us, has not heard that.
    const isToldNow = !script.noticed && context.city.calls.recording.on && !ticket.protected;
    script.noticed = true;
    script.almost = false;
    return [{ do: 'join', callId: call.id, say: isToldNow ? [...words, speak(scene, 'call.recorded')] : words }];
  }
  const isFirst = !script.almost;
  script.almost = true;
  const say = call.answered_at ? speak(scene, 'call.one_moment') : speak(scene, 'call.almost');
  return [
    {
      do: 'wait',
      say: isFirst ? [...words, say] : words,
      seconds: WAIT_SECONDS,
      keys: '',
      locale: conversation.locale,
    },
  ];
}

/** They are passed on to a number outside, and come back to the queue, by null, when nobody answers there. */
export async function passedOn(scene: CallerScene, number: string): Promise<NextStep[] | null> {
  const { heard, call, context } = scene;
  if (heard.kind !== 'dialled') {
    const callerId = context.city.accounts.find(({ id }) => id === call.channel_account_id)?.address ?? '';
    const { ringSeconds } = context.city.calls;
    return [{ do: 'dial', say: [speak(scene, 'call.one_moment')], number, callerId, ringSeconds }];
  }
  scene.heard = { kind: 'again' };
  if (heard.result === 'completed') {
    await changeScene(scene, { transfer_to: null });
    return [{ do: 'hangUp', say: [] }];
  }
  await transferFailed(scene.unit, scene);
  Object.assign(scene, await lockCall(scene.unit, call.id));
  return null;
}
