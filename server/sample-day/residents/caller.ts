import type { Arrival } from '../plan/plan-day.ts';
import type { Caller, Stage } from '../stage.ts';
import { answerVoice } from './answer-voice.ts';
import type { Simulator } from './telephones.ts';

/** Seconds that somebody waits in the queue, on average, before they hang up. */
const PATIENCE = 420;
/** Of callers, those who want a person whatever the bot can do. */
const WANTS_A_PERSON = 0.62;

/** Somebody who calls the line, does as they are told by ear, and talks to whoever answers. */
export function createCaller(
  stage: Stage,
  simulator: Simulator,
  lineId: string,
  arrival: Arrival,
): Caller & {
  arrive(): void;
  looks(): void;
} {
  const { time } = stage;
  const { chance, resident } = arrival;
  const person = simulator.world.personByPhone(resident.phone) ?? simulator.person(resident);
  const asked = { place: 0, unclear: 0, wantsPerson: chance.happens(WANTS_A_PERSON), isCalled: null as boolean | null };
  let call: ReturnType<ReturnType<Simulator['phone']>['call']> | null = null;
  let heardUpTo = 0;
  let isAboutToAct = false;
  let waits = false;
  let hasBeenCalled = false;

  const hasHungUp = () => call !== null && !['queued', 'ringing', 'in-progress'].includes(call.state);
  /** Who keeps their place and waits to be called is not gone. */
  const isOver = () => hasHungUp() && (asked.isCalled !== true || hasBeenCalled);
  const isTalking = () => call !== null && call.inRoomWith().length > 0;
  const hangUp = () => call?.hangUp();

  /** The city calls back. */
  function answerCall(): void {
    const rings = simulator.phone(person.id, lineId).currentCall();
    if (rings?.state !== 'ringing' || rings.sid === call?.sid) return;
    hasBeenCalled = true;
    call = rings;
    heardUpTo = 0;
    time.after(chance.around(6, 0.3), () => rings.answer());
  }

  /** What was said since they last did something. */
  const heard = () =>
    (call?.captions() ?? [])
      .slice(heardUpTo)
      .flatMap(({ kind, text }) => (kind === 'said' ? text : []))
      .join(' ');

  function act(): void {
    isAboutToAct = false;
    if (!call || hasHungUp() || isTalking() || !call.isListening()) return;
    const answer = answerVoice(heard(), arrival, asked, chance);
    heardUpTo = call.captions().length;
    stage.speaking = caller;
    if (answer.do === 'press') call.press(answer.keys);
    else if (answer.do === 'speak') call.speak(answer.text);
    else if (answer.do === 'hangUp') call.hangUp();
  }

  const caller: Caller & { arrive(): void; looks(): void } = {
    arrival,
    get sid() {
      return call?.sid ?? '';
    },
    isOver,
    isTalking,
    hangUp: () => void hangUp(),
    hears(message) {
      const isQueued = message.parts.some((part) => part.type === 'notice' && part.key === 'handed_off');
      if (!isQueued || waits) return;
      waits = true;
      time.after(chance.exponential(PATIENCE), () => {
        if (!isTalking() && !hasHungUp()) hangUp();
      });
    },
    arrive() {
      stage.speaking = caller;
      call = simulator.phone(person.id, lineId).call();
    },
    looks() {
      if (asked.isCalled === true && !hasBeenCalled && hasHungUp()) return answerCall();
      if (!call || isAboutToAct || hasHungUp() || isTalking() || !call.isListening() || heard() === '') return;
      isAboutToAct = true;
      time.after(chance.around(2.5, 0.4), act);
    },
  };
  return caller;
}
