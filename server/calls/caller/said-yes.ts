import type { Heard } from '../../contract/voice.ts';

const YES = /^(?:1|(?:si|claro|por supuesto|esta bien|de acuerdo|yes|yeah|yep|sure|ok|okay)\b)/;
const NO = /\b(?:no|not|nunca|never)\b/;
const MARKS = /\p{M}/gu;

/** Whether they agreed, by key 1 or in words. Where being wrong could harm, what is not a plain yes is a no. */
export function saidYes(heard: Heard): boolean {
  if (heard.kind === 'keys') return heard.digits === '1';
  if (heard.kind !== 'speech') return false;
  const words = heard.text.toLowerCase().normalize('NFD').replace(MARKS, '').trim();
  return YES.test(words) && !NO.test(words);
}
