import type { ChannelName } from '../../contract/channel.ts';

/** Channels by which a sample day's residents come. */
export type DayChannel = Extract<
  ChannelName,
  'voice' | 'chat' | 'whatsapp' | 'sms' | 'messenger' | 'instagram' | 'email'
>;

/**
 * Línea Veracruz, for 428,323 inhabitants, published how many people it assisted by telephone, chat and mail. Who hung
 * up, gave up, or needed nobody but the bot is not among them: of 8 contacts, 5 come to a person. What it publishes no
 * number of comes in proportion to its chat.
 */
const CONTACTS_OF_ASSISTED = 8 / 5;
const CHATS_A_YEAR = 32_632 * CONTACTS_OF_ASSISTED;
export const contactsAYear: Readonly<Record<DayChannel, number>> = {
  voice: 142_499 * CONTACTS_OF_ASSISTED,
  chat: CHATS_A_YEAR,
  email: 2_878,
  whatsapp: CHATS_A_YEAR * 1.4,
  messenger: CHATS_A_YEAR * 0.3,
  sms: CHATS_A_YEAR * 0.15,
  instagram: CHATS_A_YEAR * 0.1,
};

/** Monday to Sunday; on average 1. */
const BY_WEEKDAY = [1.28, 1.2, 1.16, 1.14, 1.12, 0.62, 0.48];

/** Share of an hour in a dry day: people call in the morning, and again after lunch. */
const BY_HOUR = [
  0.004, 0.003, 0.002, 0.002, 0.003, 0.008, 0.02, 0.045, 0.075, 0.095, 0.1, 0.092, 0.08, 0.066, 0.052, 0.056, 0.068,
  0.07, 0.054, 0.04, 0.028, 0.019, 0.012, 0.006,
];
/** Nobody counts on an answer at night from what they write then, but they write. */
const WRITTEN_BY_HOUR = [
  0.014, 0.009, 0.006, 0.005, 0.005, 0.009, 0.02, 0.038, 0.056, 0.07, 0.076, 0.074, 0.068, 0.062, 0.054, 0.054, 0.06,
  0.064, 0.062, 0.056, 0.05, 0.04, 0.03, 0.018,
];

/**
 * Contacts to expect by a channel in one hour.
 * @param weekday 1 (Monday) to 7, as ISO 8601 counts
 * @param hour 0 to 23, of the city
 */
export function expectedContacts(channel: DayChannel, weekday: number, hour: number): number {
  const shares = channel === 'voice' ? BY_HOUR : WRITTEN_BY_HOUR;
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return (contactsAYear[channel] / 365) * (BY_WEEKDAY[weekday - 1] ?? 1) * ((shares[hour] ?? 0) / whole);
}
