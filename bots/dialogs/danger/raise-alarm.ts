import type { HandOff } from '../../../server/contract/bot.ts';
import type { Part } from '../../../server/contract/message.ts';
import type { Danger } from '../../understanding/find-danger.ts';
import { idOfDanger } from '../../understanding/understand.ts';
import { filesSent, leave, operatorLine, quote, summaryOf } from '../hand-off.ts';
import { type Act, type Scene, say, titleOf } from '../scene.ts';

const LONGEST = 2_000;

/** The numbers to call, and a person at once. Nothing is asked before, nothing stands in the way. */
export function raiseAlarm(scene: Scene, danger: Danger): Promise<Act> | Act {
  return danger === 'violence' ? violence(scene) : emergency(scene);
}

function emergency(scene: Scene): Act {
  const { heard, desk } = scene;
  const words = quote([heard.text || titleOf({ ...scene, locale: 'es' }, heard.choice ?? '')]);
  return leave(scene, [[say(scene, 'danger.emergency')]], {
    reason: 'danger',
    queueId: desk.handOffTo.danger,
    priority: 0,
    summary: summaryOf(operatorLine(scene, 'summary.emergency', { words }), filesSent(scene)),
  });
}

/**
 * Numbers first; then one message that says what is safe to tell us, while a person is already being called: who takes
 * over reads the answers. What was said is told nowhere but in the conversation and the protected case.
 */
async function violence(scene: Scene): Promise<Act> {
  const { desk } = scene;
  const opened = await openProtected(scene);
  // On a call the line itself asks what to do should it break.
  const asks = scene.channel === 'voice' ? [] : [[say(scene, 'danger.safe_contact')]];
  const replies: Part[][] = [[say(scene, 'danger.violence')], ...asks];
  const handOff: HandOff = {
    reason: 'danger',
    queueId: desk.handOffTo.violence ?? desk.handOffTo.danger,
    priority: 0,
    protected: true,
    summary: summaryOf(
      operatorLine(scene, 'summary.violence'),
      opened ? [operatorLine(scene, 'summary.protected_case', { folio: opened })] : [],
    ),
  };
  return { ...leave(scene, replies, handOff), memory: { ...scene.memory, said: [], offered: [], stack: [] } };
}

/** The folio of a protected case with the little that is known; null when none could be opened: help comes all the same. */
async function openProtected(scene: Scene): Promise<string | null> {
  const { desk, asker, heard, locale } = scene;
  const words = [...scene.memory.said, heard.text].filter((text) => text !== '').join('\n');
  try {
    const opened = await desk.cases.open(
      asker,
      'protected',
      {
        serviceId: idOfDanger('violence', desk),
        description: words.slice(0, LONGEST) || operatorLine(scene, 'summary.violence'),
        place: null,
        attachmentIds: heard.photos,
        affected: null,
        safeContact: {
          channel: scene.channel === 'voice' ? 'none' : 'this_chat',
          address: null,
          hours: null,
          name: null,
          voicemail: false,
        },
      },
      { triage: false },
      locale,
    );
    return opened.ok ? opened.case.folio : null;
  } catch {
    return null;
  }
}
