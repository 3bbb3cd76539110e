import type { Phrase } from '../../contract/errors.ts';
import type { CallerScene } from './caller-scene.ts';

/** What a supervisor wants every caller to hear at this moment, the newest first. */
export async function announced({ context }: Pick<CallerScene, 'context'>): Promise<Phrase[]> {
  const live = await context.announcements.live();
  return live
    .filter(({ voice }) => voice)
    .map(({ text }) => text)
    .reverse();
}
