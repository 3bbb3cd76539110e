import { v7 as uuid } from 'uuid';
import type { Heard } from '../../contract/voice.ts';
import { changeTicket, citizenActor, recordEvent } from '../../conversations/change-ticket.ts';
import { json } from '../../database/json.ts';
import { callbackLine, callbackNumber } from './callback-line.ts';
import { type CallerScene, changeScene, type NextStep, speak } from './caller-scene.ts';

/** Shorter is a breath and a click. */
const SHORTEST_MS = 1_000;

/** A message after the tone: it waits in the queue like whoever left it, and they are called. */
export async function keepVoicemail(
  scene: CallerScene,
  heard: Extract<Heard, { kind: 'recorded' }>,
): Promise<NextStep[]> {
  const { unit, call, script } = scene;
  script.asking = null;
  const goodbye: NextStep[] = [{ do: 'hangUp', say: [speak(scene, 'call.goodbye')] }];
  if (heard.milliseconds < SHORTEST_MS) return goodbye;
  const recordingId = uuid();
  await unit.tx
    .insertInto('call_recording')
    .values({
      id: recordingId,
      call_id: call.id,
      kind: 'voicemail',
      state: 'arriving',
      key: `voicemail:${call.turn}`,
      source: json(heard.source),
      started_at: new Date(heard.at.getTime() - heard.milliseconds),
      milliseconds: heard.milliseconds,
      tries: 0,
      next_at: unit.now,
      created_at: unit.now,
    })
    .execute();
  unit.enqueue('media.recording', { recordingId });
  await openAgain(scene);
  const { ticket } = scene;
  await recordEvent(unit, ticket, { type: 'voicemail_left', actor: citizenActor(ticket), data: { recordingId } });
  await wantCall(scene);
  await changeScene(scene, { script: json({ ...script }) }, [{ kind: 'outcome', outcome: 'voicemail' }]);
  unit.emit('tickets.changed', [ticket.id]);
  return [{ do: 'hangUp', say: [speak(scene, 'call.voicemail_done')] }];
}

/** The line may have told of the end of the call before what was recorded on it. */
async function openAgain(scene: CallerScene): Promise<void> {
  const { unit, ticket } = scene;
  if (ticket.state !== 'closed') return;
  scene.ticket = await changeTicket(
    unit,
    ticket,
    'waiting',
    { waiting_since: unit.now, closed_at: null, disposition: null },
    { type: 'reopened', actor: citizenActor(ticket), data: { queueId: ticket.queue_id } },
  );
  unit.enqueue('tickets.route', {});
}

async function wantCall(scene: CallerScene): Promise<void> {
  const { unit, ticket } = scene;
  const phone = callbackNumber(scene);
  const line = callbackLine(scene);
  if (!phone || !line) return;
  await unit.tx
    .insertInto('callback')
    .values({ ticket_id: ticket.id, phone, why: 'voicemail', channel_account_id: line, wanted_at: unit.now, tries: 0 })
    .onConflict((conflict) => conflict.column('ticket_id').doNothing())
    .execute();
}
