import type { AccountChannel } from '../../../server/contract/messaging.ts';

/** Somebody with a telephone. */
export interface Person {
  id: string;
  name: string;
  /** E.164. Null: people who are on WhatsApp under a username, and show their number to nobody. */
  phone: string | null;
  /** How WhatsApp writes the number: Mexican mobiles with the 1 that was dropped in 2019. */
  waId: string | null;
  username: string | null;
  /** Meta's id of the person for this business. */
  bsuid: string;
  /** As the page knows them, and as the Instagram profile does. */
  psid: string;
  igsid: string;
  phoneIsOff: boolean;
}

/** Digits of a number in the form that telephones dial today. */
export function dialled(number: string): string {
  return number.replace(/\D/g, '').replace(/^521(\d{10})$/, '52$1');
}

/** How WhatsApp knows a number. */
export function waIdOf(phone: string): string {
  return dialled(phone).replace(/^52(\d{10})$/, '521$1');
}

/** People without a number cannot be on every channel. */
export function canUse(person: Person, channel: AccountChannel): boolean {
  return (channel !== 'sms' && channel !== 'voice') || person.phone !== null;
}

/** Who takes part by default: somebody on every channel, and somebody without a number. */
export const sampleCast = [
  { id: 'ana', name: 'Ana Ruiz', phone: '+522291234567' },
  { id: 'jose', name: 'José Manuel Uscanga', phone: '+522299876543' },
  { id: 'lupita', name: 'Lupita Lagunes', phone: null, username: 'lupita.lagunes' },
  { id: 'tom', name: 'Tom Baker', phone: '+14155550123' },
] as const satisfies NewPerson[];

export interface NewPerson {
  id?: string;
  name: string;
  phone: string | null;
  username?: string;
}
