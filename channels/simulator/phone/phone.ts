import type { Journey } from '../delivery/journey.ts';
import type { Afterthought, Provider } from '../provider.ts';
import { isTwilio } from '../twilio/twilio-account.ts';
import { isOver } from '../voice/call.ts';
import { handsetOf } from '../voice/handsets.ts';
import { type CallInProgress, callInProgress } from '../voice/phone/call-in-progress.ts';
import type { Telephony } from '../voice/telephony.ts';
import type { Content, MediaKind, SimulatedMessage } from '../world/message.ts';
import { canUse, type Person } from '../world/person.ts';
import { vcard } from '../world/vcard.ts';
import { between, type SimulatedAccount, type World } from '../world/world.ts';

/** Words by which Twilio itself stops the short messages of a number, and those that take it back. */
const STOP = /^(?:stop|stopall|unsubscribe|cancel|end|quit)$/i;
const START = /^(?:start|yes|unstop)$/i;

export interface FileToSend {
  bytes: Uint8Array;
  mimeType: string;
  name?: string;
}

export interface SayOptions {
  caption?: string;
  /** The message it answers. */
  repliesTo?: string;
}

/** A person's telephone, with one account of the city open on it. */
export interface Phone {
  person: Person;
  text(text: string, options?: Pick<SayOptions, 'repliesTo'>): SimulatedMessage;
  /** Several messages in one breath. */
  burst(texts: string[]): SimulatedMessage[];
  media(kind: MediaKind, file: FileToSend, options?: SayOptions): SimulatedMessage;
  location(place: { latitude: number; longitude: number; label?: string }): SimulatedMessage;
  contact(card: { name: string; phones: string[]; emails?: string[] }): SimulatedMessage;
  /** Something that no interface carries, such as a poll. */
  unsupported(kind: string): SimulatedMessage;
  /** Taps a button or a row of a list that the city sent. */
  choose(messageId: string, optionId: string): SimulatedMessage;
  react(messageId: string, emoji: string | null): void;
  edit(messageId: string, text: string): void;
  remove(messageId: string): void;
  /** Looks at the conversation: all that arrived is read. */
  read(): void;
  block(): void;
  unblock(): void;
  /** Nothing arrives until it is on again. */
  turnOff(): void;
  turnOn(): void;
  /** Makes the provider believe that they wrote last so many hours ago. */
  lastWroteHoursAgo(hours: number): void;
  /** Both sides' messages, oldest first. */
  messages(): SimulatedMessage[];
  /** Calls the city, if that is what the account is for. @throws PhoneError */
  call(options?: { withheld?: boolean }): CallInProgress;
  /** Calls of this person with the account's number, whoever made them, the latest last. */
  calls(): CallInProgress[];
  /** The one that rings, or that they are in. */
  currentCall(): CallInProgress | null;
}

/** How Twilio writes the number of somebody who shows none. */
const WITHHELD = '+266696687';

/** What a telephone is asked for that cannot be: a refusal for the page, a fault in a test. */
export class PhoneError extends Error {}

export function createPhone(
  world: World,
  journey: Journey,
  provider: Provider,
  telephony: Telephony,
  account: SimulatedAccount,
  person: Person,
): Phone {
  if (!canUse(person, account.channel)) throw new PhoneError(`${person.name} has no number for ${account.channel}`);
  const both = between(account.id, person.id);

  function say(content: Content[], repliesTo: string | null = null): SimulatedMessage {
    if (account.channel === 'voice') throw new PhoneError(`${account.name} is a telephone line: it takes no messages`);
    const message = world.addMessage({
      id: idOf(),
      accountId: account.id,
      personId: person.id,
      from: 'person',
      content,
      at: world.now(),
      status: 'sent',
      failure: null,
      repliesTo,
      reaction: null,
      edited: false,
      deleted: false,
      statusCallback: null,
    });
    world.setLastWord(account.id, person.id, world.now());
    provider.tell(account, message);
    return message;
  }

  function idOf(): string {
    const fresh = world.identifiers.fresh();
    if (account.settings.provider === 'twilio') return `SM${fresh}`;
    if (account.channel === 'whatsapp') return `wamid.${Buffer.from(fresh).toString('base64').slice(0, 44)}`;
    return `m_${fresh}${world.identifiers.fresh()}`;
  }

  /** @throws PhoneError */
  function find(messageId: string): SimulatedMessage {
    const message = world.messages.get(messageId);
    if (!message || message.accountId !== account.id || message.personId !== person.id) {
      throw new PhoneError(`no message ${messageId} on this telephone`);
    }
    return message;
  }

  function recall(message: SimulatedMessage, what: Afterthought): void {
    if (!provider.recall) throw new PhoneError(`${account.settings.provider} tells nobody of ${what.kind} messages`);
    world.events.emit('status', message);
    provider.recall(account, message, what);
  }

  function obey(text: string): void {
    if (account.channel !== 'sms') return;
    if (STOP.test(text.trim())) world.shut.add(both);
    if (START.test(text.trim())) world.shut.delete(both);
  }

  const theirs = () =>
    [...telephony.calls.values()].filter(
      (call) => call.handset.id === person.id && call.handset.kind === 'person' && call.account.id === account.id,
    );

  return {
    person,
    call({ withheld = false } = {}) {
      const handset = handsetOf(telephony, person);
      if (account.channel !== 'voice' || !isTwilio(account)) throw new PhoneError(`${account.name} takes no calls`);
      if (!person.phone) throw new PhoneError(`${person.name} has no number to call from`);
      if (person.phoneIsOff) throw new PhoneError(`the telephone of ${person.name} is off`);
      if (theirs().some((call) => !isOver(call))) throw new PhoneError(`${person.name} is in a call`);
      return callInProgress(telephony, telephony.receive(account, handset, withheld ? WITHHELD : person.phone));
    },
    calls: () => theirs().map((call) => callInProgress(telephony, call)),
    currentCall() {
      const live = theirs().findLast((call) => !isOver(call));
      return live ? callInProgress(telephony, live) : null;
    },
    text(text, { repliesTo } = {}) {
      obey(text);
      return say([{ type: 'text', text }], repliesTo);
    },
    burst: (texts) => texts.map((text) => say([{ type: 'text', text }])),
    media(kind, { bytes, mimeType, name = '' }, { caption = '', repliesTo } = {}) {
      const file = world.files.keep({ bytes: Buffer.from(bytes), mimeType, name });
      return say([{ type: 'media', kind, fileId: file.id, mimeType, name, caption }], repliesTo);
    },
    location: ({ latitude, longitude, label = '' }) => say([{ type: 'location', latitude, longitude, label }]),
    contact({ name, phones, emails = [] }) {
      const card = { name, phones, emails };
      const file = world.files.keep({ bytes: Buffer.from(vcard(card)), mimeType: 'text/vcard', name: `${name}.vcf` });
      return say([{ type: 'contact', ...card, fileId: file.id }]);
    },
    unsupported: (kind) => say([{ type: 'unsupported', kind }]),
    choose(messageId, optionId) {
      const options = find(messageId).content.flatMap((one) => ('options' in one ? one.options : []));
      const option = options.find(({ id }) => id === optionId);
      if (!option) throw new PhoneError(`no choice ${optionId} in ${messageId}`);
      return say([{ type: 'choice', ...option }], messageId);
    },
    react(messageId, emoji) {
      const message = find(messageId);
      message.reaction = emoji;
      recall(message, { kind: 'reaction', emoji });
    },
    edit(messageId, text) {
      const message = find(messageId);
      if (message.from !== 'person' || message.deleted) throw new PhoneError('only what they wrote can be edited');
      message.content = [{ type: 'text', text }];
      message.edited = true;
      recall(message, { kind: 'edited', text });
    },
    remove(messageId) {
      const message = find(messageId);
      if (message.from !== 'person') throw new PhoneError('only what they wrote can be deleted');
      message.deleted = true;
      recall(message, { kind: 'deleted' });
    },
    read: () => journey.read(account.id, person.id),
    block: () => void world.shut.add(both),
    unblock() {
      world.shut.delete(both);
      journey.phoneOn(person.id);
    },
    turnOff() {
      person.phoneIsOff = true;
      world.events.emit('person', person);
    },
    turnOn() {
      person.phoneIsOff = false;
      world.events.emit('person', person);
      journey.phoneOn(person.id);
    },
    lastWroteHoursAgo: (hours) =>
      world.setLastWord(account.id, person.id, new Date(world.now().getTime() - hours * 3_600_000)),
    messages: () =>
      [...world.messages.values()].filter(
        (message) => message.accountId === account.id && message.personId === person.id,
      ),
  };
}
