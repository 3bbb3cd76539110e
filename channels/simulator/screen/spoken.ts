import type { Phone } from '../phone/phone.ts';
import type { SimulatedMessage } from '../world/message.ts';
import type { Saying } from './screen-api.ts';

/** Says on a telephone what the page asks for. @throws PhoneError */
export function spoken(phone: Phone, say: Saying): SimulatedMessage | undefined {
  switch (say.type) {
    case 'text':
      return phone.text(say.text, say.repliesTo ? { repliesTo: say.repliesTo } : {});
    case 'location':
      return phone.location({ ...say, label: say.label ?? '' });
    case 'contact':
      return phone.contact({ name: say.name, phones: say.phone ? [say.phone] : [] });
    case 'choice':
      return phone.choose(say.messageId, say.optionId);
    case 'unsupported':
      return phone.unsupported(say.kind);
    case 'reaction':
      phone.react(say.messageId, say.emoji);
      return undefined;
    case 'edit':
      phone.edit(say.messageId, say.text);
      return undefined;
    case 'delete':
      phone.remove(say.messageId);
      return undefined;
  }
}
