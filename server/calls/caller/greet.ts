import type { Spoken } from '../../contract/voice.ts';
import { announced } from './announced.ts';
import { type CallerScene, speak } from './caller-scene.ts';

/** Who answers, that it may be recorded, and the privacy notice: whoever goes on has been told, and when. */
export async function greet(scene: CallerScene): Promise<Spoken[]> {
  const { script, unit, context, conversation, ticket } = scene;
  const { recording } = context.city.calls;
  script.greeted = true;
  const { version } = context.desk.privacy(conversation.locale);
  if (conversation.consent_version !== version) {
    await unit.tx
      .updateTable('conversation')
      .set({ consent_version: version, consent_at: unit.now })
      .where('id', '=', conversation.id)
      .execute();
    unit.emit('citizen.changed', { citizenId: conversation.citizen_id });
  }
  const isRecorded = recording.on && !ticket.protected;
  return [
    speak(scene, 'call.greeting', { line: context.city.contactName }),
    ...(isRecorded ? [speak(scene, 'call.recorded')] : []),
    speak(scene, 'call.privacy'),
    ...(await announced(scene)).map((text) => ({ text: text[conversation.locale], locale: conversation.locale })),
  ];
}
