import type { Broadcast, BroadcastState, Reach } from '../../../server/contract/broadcast.ts';

/** How a state looks, never by colour alone. Its words are `broadcast.state.<state>`. */
export const broadcastLook: Record<BroadcastState, { icon: string; tone: string }> = {
  awaiting_approval: { icon: 'i-lucide-user-round-check', tone: 'text-warning' },
  sending: { icon: 'i-lucide-send', tone: 'text-info' },
  paused: { icon: 'i-lucide-circle-pause', tone: 'text-warning' },
  done: { icon: 'i-lucide-circle-check-big', tone: 'text-muted' },
  cancelled: { icon: 'i-lucide-circle-slash', tone: 'text-muted' },
};

/** One stretch of a bar: how many, and how it looks. `key` is what it is called in its texts. */
export interface Stretch<Key extends string = string> {
  key: Key;
  count: number;
  tone: string;
}

/** Ways to reach people, in the order of a bar: from the words themselves to not at all. */
export const reachTones: Record<Reach, string> = {
  text: 'bg-sky-700 dark:bg-sky-400',
  template: 'bg-teal-600 dark:bg-teal-300',
  opted_out: 'bg-amber-600 dark:bg-amber-400',
  unsafe: 'bg-slate-600 dark:bg-slate-300',
  unreachable: 'bg-slate-400 dark:bg-slate-500',
};
export const isReached = (how: Reach): boolean => how === 'text' || how === 'template';

export type ProgressKey = Exclude<keyof Broadcast['progress'], 'recipients'>;
const progressTones: [ProgressKey, string][] = [
  ['read', 'bg-sky-700 dark:bg-sky-400'],
  ['delivered', 'bg-teal-600 dark:bg-teal-300'],
  ['sent', 'bg-slate-500 dark:bg-slate-300'],
  ['pending', 'bg-accented'],
  ['failed', 'bg-red-700 dark:bg-red-400'],
  ['skipped', 'bg-amber-600 dark:bg-amber-400'],
];

/** How far a notice got, as the stretches of its bar; the server counts each person once. */
export function progressStretches({ progress }: Pick<Broadcast, 'progress'>): Stretch<ProgressKey>[] {
  return progressTones.map(([key, tone]) => ({ key, tone, count: progress[key] })).filter(({ count }) => count > 0);
}

/** The ways people are reached, those alike taken together, whatever their channels. */
export function reachStretches(reach: readonly { how: Reach; count: number }[]): Stretch<Reach>[] {
  return (Object.keys(reachTones) as Reach[])
    .map((how) => ({
      key: how,
      tone: reachTones[how],
      count: reach.filter((each) => each.how === how).reduce((sum, each) => sum + each.count, 0),
    }))
    .filter(({ count }) => count > 0);
}
