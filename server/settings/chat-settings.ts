import type { City } from '../contract/city.ts';
import { type ChatSettings, chatSettingsSchema } from '../contract/http.ts';
import type { Db } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';

const KEY = 'chat';

/** The chat's looks: what an administrator saved, or else the city's content. */
export async function readChatSettings(db: Db, city: City): Promise<ChatSettings> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst();
  const saved = chatSettingsSchema.safeParse(row?.value);
  return saved.success ? saved.data : city.chat;
}

export async function saveChatSettings(unit: Unit, settings: ChatSettings): Promise<ChatSettings> {
  const value = json(settings);
  await unit.tx
    .insertInto('setting')
    .values({ key: KEY, value, updated_at: unit.now })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value, updated_at: unit.now }))
    .execute();
  unit.emit('configuration.changed', 'chat-settings');
  return settings;
}
