import type { Spoken } from '../../contract/voice.ts';
import { type CallerScene, type NextStep, speak } from './caller-scene.ts';

/**
 * Who answers, that it may be recorded, and the privacy notice: whoever goes on has been told, and when. The last may be
 * cut short by whoever knows it, so it is given back to be spoken with what they are asked.
 */
export async function greet(scene: CallerScene): Promise<{ steps: NextStep[]; notice: Spoken }> {
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
  const greeting = speak(scene, 'call.greeting', { line: context.city.contactName });
  const isRecorded = recording.on && !ticket.protected;
  return {
    steps: [
      { do: 'say', say: greeting },
      ...(isRecorded ? [{ do: 'say' as const, say: speak(scene, 'call.recorded') }] : []),
    ],
    notice: speak(scene, 'call.privacy'),
  };
}
