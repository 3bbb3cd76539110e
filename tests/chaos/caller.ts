import { setTimeout as pause } from 'node:timers/promises';
import type { CallerEvidence } from './evidence.ts';
import type { Random } from './random.ts';
import type { TelephoneCompany } from './telephone-company.ts';

const LOOK_MS = 100;
/** Said while nothing can be stored, by us or by the telephone company itself: it promises nothing. */
const ASKS_FOR_PATIENCE = /^Un momento|^Danos un momento|^One moment|^An application error/;
const LIVE = new Set(['queued', 'ringing', 'in-progress']);

/** Somebody who keeps calling the city: speaks, presses keys, and hangs up when they please. */
export interface ChaosCaller {
  made: CallerEvidence[];
  call(done: () => boolean): Promise<void>;
}

const sayings = ['¿Dónde pago el predial?', 'Hay un bache', 'operador', 'quiero hablar con una persona', 'no sé'];

export function createChaosCaller(company: TelephoneCompany, phone: string, random: Random): ChaosCaller {
  const made: CallerEvidence[] = [];

  async function callOnce(done: () => boolean): Promise<void> {
    const call = company.call(`caller ${phone}`, phone);
    const evidence: CallerEvidence = { sid: call.sid, spokenTo: false, longestSilenceMs: 0, isOver: false };
    made.push(evidence);
    const hangsUpAt = performance.now() + 2_000 + random.below(14_000);
    let heard = 0;
    let heardAt = performance.now();
    while (LIVE.has(call.state) && performance.now() < hangsUpAt && !done()) {
      await pause(LOOK_MS);
      const sounds = call.captions().length;
      const isAmongOthers = call.inRoomWith().length > 0;
      const isNews = sounds > heard || isAmongOthers;
      evidence.longestSilenceMs = Math.max(evidence.longestSilenceMs, performance.now() - heardAt);
      if (isNews) heardAt = performance.now();
      heard = sounds;
      evidence.spokenTo ||= call.heard().some((words) => !ASKS_FOR_PATIENCE.test(words));
      if (isAmongOthers || !isNews || random.next() > 0.3) continue;
      if (random.next() < 0.7) call.press(random.pick(['0', '0', '0', '1']));
      else call.speak(random.pick(sayings));
    }
    call.hangUp();
    evidence.isOver = !LIVE.has(call.state);
  }

  return {
    made,
    async call(done) {
      while (!done()) {
        await callOnce(done);
        await pause(100 + random.below(400));
      }
    },
  };
}
