import { DateTime } from 'luxon';
import type { City } from '../../contract/city.ts';
import type { Locale } from '../../contract/errors.ts';
import type { Chance } from '../chance.ts';
import { inEnglish } from './english.ts';
import { aName, asAddress, shortName } from './names.ts';
import { aNeed, type Need } from './needs.ts';
import { aSpot, lowLying, type Spot } from './spots.ts';
import { stormAdds, stormAt, stormNeeds } from './storm.ts';
import { contactsAYear, type DayChannel, expectedContacts } from './volumes.ts';

/** A resident of a sample day. Nobody has such a number or address. */
export interface Resident {
  index: number;
  name: string;
  /** As they introduce themselves. */
  shortName: string;
  phone: string;
  email: string;
}

/** Somebody turns to the city. */
export interface Arrival {
  at: Date;
  channel: DayChannel;
  locale: Locale;
  resident: Resident;
  need: Need;
  spot: Spot;
  /** They were here earlier the same day. */
  isRepeat: boolean;
  chance: Chance;
}

export interface DayOptions {
  city: City;
  chance: Chance;
  from: Date;
  until: Date;
  /** 1: as many as the city has; 0.02: a fiftieth of them. */
  scale: number;
  channels: readonly DayChannel[];
}

/** Who comes back within the day, and after how many hours. */
const COMES_BACK = 0.07;
const BACK_AFTER_HOURS = 2.2;

/** Everybody who turns to the city in a day, in their order. */
export function planDay({ city, chance, from, until, scale, channels }: DayOptions): Arrival[] {
  const low = lowLying(city, chance.fork('low-lying colonias'));
  const arrivals: Omit<Arrival, 'chance'>[] = [];
  let people = 0;

  for (const channel of channels) {
    const drawn = chance.fork(`arrivals by ${channel}`);
    const dryHour = contactsAYear[channel] / 365 / 24;
    for (let hour = from; hour < until; hour = new Date(hour.getTime() + 3_600_000)) {
      const here = DateTime.fromJSDate(hour, { zone: city.timeZone });
      const rain = stormAt(here.hour + here.minute / 60 + 0.5);
      const dry = expectedContacts(channel, here.weekday, here.hour) * scale;
      const wet = rain * stormAdds[channel] * dryHour * scale;
      if (dry + wet <= 0) continue;
      let at = hour.getTime() + drawn.exponential(3_600_000 / (dry + wet));
      for (
        ;
        at < Math.min(hour.getTime() + 3_600_000, until.getTime());
        at += drawn.exponential(3_600_000 / (dry + wet))
      ) {
        people += 1;
        const isWet = drawn.happens(wet / (dry + wet));
        const resident = aResident(drawn, people);
        const wanted = aNeed(city, drawn, isWet ? stormNeeds : null);
        const english = channel === 'chat' ? inEnglish(wanted, drawn) : null;
        const need = english ?? wanted;
        const locale: Locale = english ? 'en' : 'es';
        const spot = aSpot(city, drawn, isWet && drawn.happens(0.8) ? low : null);
        const first = { at: new Date(Math.round(at)), channel, locale, resident, need, spot, isRepeat: false };
        arrivals.push(first);
        const again = new Date(Math.round(at + drawn.exponential(BACK_AFTER_HOURS * 3_600_000) + 1_200_000));
        if (drawn.happens(COMES_BACK) && again < until) {
          const back: Need =
            need.kind === 'report' ? { kind: 'status', id: 'estatus-folio', words: 'cómo va mi reporte' } : need;
          arrivals.push({ ...first, at: again, need: back, isRepeat: true });
        }
      }
    }
  }
  return arrivals
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.resident.index - b.resident.index)
    .map((arrival, index) => ({ ...arrival, chance: chance.fork(`arrival ${index}`) }));
}

/** No subscriber's number in Mexico begins with 0 after its area code, and example.com is nobody's. */
function aResident(chance: Chance, index: number): Resident {
  const name = aName(chance);
  return {
    index,
    name,
    shortName: shortName(name),
    phone: `+522290${String(index).padStart(6, '0')}`,
    email: `${asAddress(shortName(name))}.${index}@example.com`,
  };
}
