import type { Message, Part } from '../../contract/message.ts';
import type { Arrival } from '../plan/plan-day.ts';
import type { Contact, Stage } from '../stage.ts';
import { type Answer, type Asked, answerBot } from './answer-bot.ts';
import { answerOperator } from './answer-operator.ts';

/** How somebody's words get to the city, by the channel that they use. */
export interface Voice {
  say(text: string): Promise<void>;
  pick(option: { id: string; title: string }): Promise<void>;
  point(place: { latitude: number; longitude: number }): Promise<void>;
  /** They tell the city that they are done, where the channel can. */
  end(): Promise<void>;
  /** They say what they thought of it, where the channel asks. */
  rate(ticketId: string, score: number): Promise<void>;
  /** They put it away. */
  leave(): void;
}

/** Seconds to read and to type, and their spread. */
const TYPING: readonly [number, number] = [14, 0.6];
/** Seconds that somebody waits for a person, on average, before they give up. */
const PATIENCE = 1_100;
const WRITES_BACK = 0.2;
const READS_MAIL_AFTER = 35 * 60;
const RATES = 0.42;
/** Some stop answering in the middle. */
const STOPS = 0.04;
/** Of those who give up, the ones who say so. */
const SAYS_GOODBYE = 0.6;
const SCORES: readonly (readonly [number, number])[] = [
  [5, 52],
  [4, 25],
  [3, 11],
  [2, 5],
  [1, 7],
];

/** Somebody who writes: to the bot first, and then perhaps to a person. */
export function createTextResident(
  stage: Stage,
  arrival: Arrival,
  voice: Voice,
): Contact & { arrive(): Promise<void> } {
  const { time } = stage;
  const { chance, need } = arrival;
  const asked: Asked = { place: 0, unclear: 0 };
  let withPerson = false;
  let isGone = false;
  let wroteBack = false;
  /** What the bot said since they last spoke. */
  let unread: Part[] = [];
  let callOff = () => {};
  let giveUp = () => {};

  function soon(work: () => Promise<void>, median = TYPING[0]): void {
    callOff();
    callOff = time.after(chance.around(median, TYPING[1]), async () => {
      stage.speaking = contact;
      await work();
    });
  }

  function act(answer: Answer): Promise<void> {
    unread = [];
    switch (answer.do) {
      case 'say':
        return voice.say(answer.text);
      case 'pick':
        return voice.pick(answer.option);
      case 'point':
        return voice.point(answer);
      case 'leave':
        return leave(chance.happens(0.5));
      case 'vanish':
        return leave(false);
    }
  }

  async function leave(saysSo: boolean): Promise<void> {
    isGone = true;
    giveUp();
    callOff();
    if (saysSo) await voice.end();
    voice.leave();
  }

  function hearsNotice(key: string, message: Message): void {
    if (key === 'handed_off' || key === 'outside_hours') {
      giveUp();
      giveUp = time.after(chance.exponential(PATIENCE), async () => {
        stage.speaking = contact;
        if (!withPerson) await leave(chance.happens(SAYS_GOODBYE));
      });
    } else if (key === 'operator_joined') {
      withPerson = true;
      giveUp();
      // Whatever they were about to tell the bot.
      callOff();
    } else if (key === 'closed') {
      giveUp();
      const { ticketId } = message;
      if (withPerson && ticketId && chance.happens(RATES)) {
        soon(async () => {
          await voice.rate(ticketId, chance.weighted(SCORES));
          await leave(false);
        }, 25);
      } else soon(() => leave(false), 30);
    }
  }

  const contact: Contact & { arrive(): Promise<void> } = {
    arrival,
    async arrive() {
      stage.speaking = contact;
      await voice.say(need.words);
    },
    hears(message) {
      if (isGone) return;
      for (const part of message.parts) if (part.type === 'notice') hearsNotice(part.key, message);
      const { type } = message.author;
      if (type === 'bot' && !withPerson) {
        unread.push(...message.parts);
        soon(() => act(answerBot(unread, arrival, asked, chance)));
      }
      if (type === 'operator') {
        const text = message.parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n');
        const answer = answerOperator(text, arrival, chance);
        if (!answer) {
          // Who writes letters thinks of something else when they read the answer, and writes once more.
          if (arrival.channel === 'email' && !wroteBack && chance.happens(WRITES_BACK)) {
            wroteBack = true;
            soon(() => voice.say('Gracias. ¿Y como en cuántos días lo resuelven?'), READS_MAIL_AFTER);
          }
          return;
        }
        if (chance.happens(STOPS)) soon(() => leave(false));
        else soon(() => voice.say(answer), 22);
      }
    },
  };
  return contact;
}
