import type { Announcement } from '../../contract/board.ts';
import type { ChatAnnouncement } from '../../contract/socket.ts';

/** Of what is announced, what residents read above the chat. */
export const aboveTheChat = (announcements: readonly Announcement[]): ChatAnnouncement[] =>
  announcements.filter(({ chat }) => chat).map(({ id, text, until }) => ({ id, text, until }));
