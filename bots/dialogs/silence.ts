import type { ChannelName } from '../../server/contract/channel.ts';
import type { DialogStack } from './dialog.ts';
import { type Act, type Scene, say } from './scene.ts';

const MINUTE = 60_000;

/** How long a channel's silence means nothing, in milliseconds; `remind` null: nobody is reminded there. */
interface Patience {
  remind: number | null;
  /** From the reminder on. */
  giveUp: number;
  /** When nothing is open. */
  finish: number;
}

const talking: Patience = { remind: 5 * MINUTE, giveUp: 30 * MINUTE, finish: 10 * MINUTE };
/** Who writes letters answers in days. */
const writing: Patience = { remind: null, giveUp: 3 * 24 * 60 * MINUTE, finish: 3 * 24 * 60 * MINUTE };

function patienceOf(channel: ChannelName): Patience {
  return channel === 'email' ? writing : talking;
}

/** When to look again, should nothing be said until then. */
export function breakSilenceAt(scene: Scene, asksSomething: boolean): Date {
  const { remind, giveUp, finish } = patienceOf(scene.channel);
  const wait = !asksSomething ? finish : remind === null || scene.memory.reminded ? giveUp : remind;
  return new Date(scene.now.getTime() + wait);
}

/** Nobody has said anything for a while: the open question once more, then a kind end; without one, an end in silence. */
export async function breakSilence(scene: Scene, stack: DialogStack): Promise<Act> {
  const { memory, channel } = scene;
  if (!stack.active?.insists) return { replies: [], memory, close: memory.outcome ?? 'sin-respuesta' };
  if (memory.reminded || patienceOf(channel).remind === null) {
    return { replies: [[say(scene, 'silence.end')]], memory, close: 'sin-respuesta' };
  }
  const question = await stack.repeat(scene);
  return {
    ...question,
    replies: [[say(scene, 'silence.reminder')], ...question.replies],
    memory: { ...question.memory, reminded: true },
  };
}
