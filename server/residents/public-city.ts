import type { AppContext } from '../context.ts';
import type { PublicCity } from '../contract/http.ts';
import { readChatSettings } from '../settings/chat-settings.ts';

/** What a resident may know of the city. */
export async function publicCity(context: Pick<AppContext, 'city' | 'database' | 'openings'>): Promise<PublicCity> {
  const { city, database, openings } = context;
  const [chat, opening] = await Promise.all([readChatSettings(database.db, city), openings.of(null)]);
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
    open: opening.open,
    opensAt: opening.opensAt?.toISOString() ?? null,
    webCalls: city.calls.web,
  };
}
