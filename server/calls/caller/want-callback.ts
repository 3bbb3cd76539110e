import { citizenActor, recordEvent } from '../../conversations/change-ticket.ts';
import { sayText } from '../ear/to-ear.ts';
import { callbackLine } from './callback-line.ts';
import { type CallerScene, changeScene, type NextStep, speak } from './caller-scene.ts';

/** They hang up and are called: the contact keeps its place in the queue. */
export async function wantCallback(scene: CallerScene, phone: string): Promise<NextStep[]> {
  const { unit, ticket, script, conversation } = scene;
  script.asking = null;
  const wanted = {
    phone,
    why: 'asked' as const,
    channel_account_id: callbackLine(scene) ?? scene.call.channel_account_id,
    wanted_at: unit.now,
    tries: 0,
    done_at: null,
  };
  await unit.tx
    .insertInto('callback')
    .values({ ticket_id: ticket.id, ...wanted })
    .onConflict((conflict) => conflict.column('ticket_id').doUpdateSet(wanted))
    .execute();
  await recordEvent(unit, ticket, {
    type: 'callback_wanted',
    actor: citizenActor(ticket),
    data: { phone, why: 'asked' },
  });
  await changeScene(scene, {}, [{ kind: 'outcome', outcome: 'callback' }]);
  unit.emit('tickets.changed', [ticket.id]);
  return [{ do: 'hangUp', say: [speak(scene, 'call.callback_done', { number: sayText(phone, conversation.locale) })] }];
}
