import { aboveTheChat } from '../board/announcements/above-the-chat.ts';
import type { AppContext } from '../context.ts';
import type { PublicCity } from '../contract/http.ts';
import { readChatSettings } from '../settings/chat-settings.ts';

/** What a resident may know of the city. */
export async function publicCity(
  context: Pick<AppContext, 'announcements' | 'city' | 'database' | 'openings'>,
): Promise<PublicCity> {
  const { announcements, city, database, openings } = context;
  const [chat, opening, live] = await Promise.all([
    readChatSettings(database.db, city),
    openings.of(null),
    announcements.live(),
  ]);
  return {
    id: city.id,
    name: city.name,
    contactName: city.contactName,
    timeZone: city.timeZone,
    phone: city.phone,
    sample: city.sample,
    privacyNotice: city.privacyNotice,
    frequent: city.frequent,
    emergency: city.danger.text.emergency,
    chat,
    announcements: aboveTheChat(live),
    open: opening.open,
    opensAt: opening.opensAt?.toISOString() ?? null,
    webCalls: city.calls.web,
  };
}
