import { aboveTheChat } from '../board/announcements/above-the-chat.ts';
import type { AppContext } from '../context.ts';
import type { ChatNamespace } from './socket-server.ts';

/** Shows open chats what is announced when that changes, and takes away what has ended by itself. @returns stops it */
export function pushAnnouncements(
  { announcements, bus, clock, log }: Pick<AppContext, 'announcements' | 'bus' | 'clock' | 'log'>,
  namespace: ChatNamespace,
): () => void {
  let timer: NodeJS.Timeout | null = null;

  async function tell(): Promise<void> {
    const live = aboveTheChat(await announcements.live());
    namespace.local.emit('announcements', live);
    wakeAt(live.map(({ until }) => Date.parse(until)));
  }

  function wakeAt(ends: readonly number[]): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (ends.length === 0) return;
    // A moment after, so that it is over by then.
    const wait = Math.max(0, Math.min(...ends) - clock.now().getTime()) + 50;
    timer = setTimeout(
      () => {
        tell().catch((error) => log.warn({ err: error }, 'an announcement stays in open chats'));
      },
      Math.min(wait, LONGEST_MS),
    );
  }

  const stop = bus.subscribe('configuration.changed', async (what) => {
    if (what === 'announcements') await tell();
  });
  return () => {
    stop();
    if (timer) clearTimeout(timer);
  };
}

/** Longer timers overflow, and fire at once. */
const LONGEST_MS = 24 * 3_600_000;
