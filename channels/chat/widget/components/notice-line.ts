import type { Part } from '../../../../server/contract/message.ts';
import { sayIn } from '../locales/say.ts';
import { openingTime } from '../locales/times.ts';
import type { ChatState } from '../state/chat-state.ts';

type Notice = Extract<Part, { type: 'notice' }>;

/** A notice of the system as one sentence in the reader's language. */
export function noticeLine({ key, values }: Notice, { locale, city }: Pick<ChatState, 'locale' | 'city'>): string {
  const say = sayIn(locale);
  const { name, opens } = values;
  switch (key) {
    case 'handed_off':
      return say('handedOff');
    case 'operator_joined':
      return name ? say('operatorJoined', { name }) : say('operatorJoinedUnnamed');
    case 'operator_left':
      return name ? say('operatorLeft', { name }) : say('operatorLeftUnnamed');
    case 'transferred':
      return say('transferred');
    case 'closed':
      return say('closed');
    case 'closed_by_citizen':
      return say('closedByCitizen');
    case 'outside_hours':
      if (!opens || Number.isNaN(Date.parse(opens))) return say('outsideHoursUnknown');
      return say('outsideHours', { opens: openingTime(opens, locale, city?.timeZone ?? 'UTC') });
  }
}
