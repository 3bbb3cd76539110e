import type { Spoken } from '../../contract/voice.ts';
import { moveToChat } from '../move-to-chat.ts';
import { announce } from './announce.ts';
import { announced } from './announced.ts';
import { askNumber, hearNumber } from './ask-number.ts';
import { type CallerScene, changeScene, type NextStep, speak, unspokenWords } from './caller-scene.ts';
import { insteadOfWaiting } from './instead-of-waiting.ts';
import { outsideHours } from './outside-hours.ts';

const CALLBACK_KEY = '1';
const MOVE_KEY = '2';

/** They wait for a person: announcements, music, and ways to go on without holding the line. */
export async function inTheQueue(scene: CallerScene, lead: readonly Spoken[] = []): Promise<NextStep[]> {
  const { script, heard, standing, call } = scene;
  if (script.asking === 'voicemail') return [{ do: 'hangUp', say: [speak(scene, 'call.goodbye')] }];
  if (script.asking === 'number') {
    const steps = await hearNumber(scene);
    if (steps) return steps;
  }
  if (call.stage !== 'queue') await changeScene(scene, { stage: 'queue' });
  const before = [...unspokenWords(scene), ...lead, ...(await whyTheyWait(scene))];
  if (!standing.open) return outsideHours(scene, before);

  const instead = insteadOfWaiting(scene);
  // A key that answers the bot, whose contact was passed on meanwhile, is none of the queue's.
  const key = heard.kind === 'keys' && call.last_steps?.at(-1)?.do === 'wait' ? heard.digits : null;
  if (key === CALLBACK_KEY && instead.callback) return askNumber(scene);
  if (key === MOVE_KEY && instead.move) {
    return [{ do: 'hangUp', say: [await moveToChat(scene, instead.move)] }];
  }
  const keys = `${instead.callback ? CALLBACK_KEY : ''}${instead.move ? MOVE_KEY : ''}`;
  // What is announced now stands before what the city always wants to be heard.
  const messages = [...(await announced(scene)), ...scene.context.city.calls.messages];
  return announce(scene, before, instead, keys, messages);
}

/** Said once for each time they came into a queue. */
async function whyTheyWait(scene: CallerScene): Promise<Spoken[]> {
  const { unit, ticket, script } = scene;
  const event = await unit.tx
    .selectFrom('ticket_event')
    .select(['id', 'type', 'data'])
    .where('ticket_id', '=', ticket.id)
    .where('type', 'in', ['queued', 'transferred', 'requeued', 'reopened', 'woken'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!event || event.id === script.queuedBy) return [];
  script.queuedBy = event.id;
  script.round = 0;
  script.almost = false;
  if (event.type === 'transferred') return [speak(scene, 'call.transferred')];
  switch (event.data.reason) {
    case 'operator_lost':
    case 'operator_left':
      return [speak(scene, 'call.operator_lost')];
    case 'transfer_failed':
      return [speak(scene, 'call.outside_unreached')];
    default:
      return [];
  }
}
