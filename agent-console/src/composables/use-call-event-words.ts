import { useI18n } from 'vue-i18n';
import type { CallView } from '../../../server/contract/call.ts';
import type { TicketEvent } from '../../../server/contract/http.ts';
import '../call-texts.ts';
import { useDirectory } from '../stores/directory.ts';
import { lasted } from './call-times.ts';
import { spokenPhone } from './phone.ts';
import { useFormats } from './use-formats.ts';

/** What happened on a call, in a line of its contact's story. */
export function useCallEventWords() {
  const { t } = useI18n();
  const { phrase } = useFormats();
  const directory = useDirectory();

  const value = (event: TicketEvent, key: string) => {
    const found = event.data[key];
    return typeof found === 'string' ? found : '';
  };

  /** A colleague, a queue or a number: whoever was asked, or got the call. */
  function other(event: TicketEvent): string {
    const number = value(event, 'number');
    if (number) return spokenPhone(number);
    const queue = directory.queueById.get(value(event, 'queueId'));
    const operator = value(event, 'operatorName') || directory.operatorById.get(value(event, 'operatorId'))?.name;
    return operator || (queue ? phrase(queue.name) : '');
  }

  function began(call: CallView | null, name: string): string {
    if (call?.direction === 'out') {
      return call.to
        ? t('event.call_beganOutTo', { name, phone: spokenPhone(call.to) })
        : t('event.call_beganOut', { name });
    }
    if (call?.line === 'web') return t('event.call_beganWeb');
    return call?.from ? t('event.call_beganFrom', { phone: spokenPhone(call.from) }) : t('event.call_began');
  }

  function answered(event: TicketEvent, call: CallView | null, name: string): string {
    if (event.actor.type === 'citizen') return t('event.call_answeredByCitizen');
    const { waitMs } = event.data;
    const waited = Math.round((typeof waitMs === 'number' ? waitMs : (call?.times?.wait ?? 0)) / 1_000);
    return waited > 0
      ? t('event.call_answeredAfter', { name, time: lasted(waited) })
      : t('event.call_answered', { name });
  }

  /** @param name whoever did it */
  function words(event: TicketEvent, call: CallView | null, name: string): string {
    const who = other(event);
    switch (event.type) {
      case 'call_began':
        return began(call, name);
      case 'call_answered':
        return answered(event, call, name);
      case 'call_consulted':
        return who ? t('event.call_consulted', { name, who }) : t('event.call_consultedSomebody', { name });
      case 'call_transferred':
        return who ? t('event.call_transferred', { name, who }) : t('event.call_transferredAway', { name });
      case 'call_monitored':
        return t(`event.call_monitored.${value(event, 'how') || 'listen'}`, { name });
      case 'call_ended':
        return t('calls.ended');
      case 'voicemail_left':
        return t('calls.outcome.voicemail');
      case 'callback_wanted':
        return t(`event.callback_wanted.${value(event, 'why') || 'asked'}`, {
          phone: spokenPhone(value(event, 'phone') || call?.from || ''),
        });
      case 'wrap_up_ended':
        return typeof event.data.seconds === 'number'
          ? t('event.wrap_up_endedAfter', { time: lasted(event.data.seconds) })
          : t('event.wrap_up_ended');
      default:
        return t(`event.${event.type}`, { name });
    }
  }
  return { words };
}
