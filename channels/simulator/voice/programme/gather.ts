import type { Input } from '../call.ts';
import { Interrupted, interruptible, unlessInterrupted } from '../interrupted.ts';
import type { Fields } from '../office.ts';
import type { Gather } from '../twiml/verbs.ts';
import { type Outcome, type Run, through } from './run.ts';
import { prompt } from './say.ts';

/** With `auto`, the end of speech is known by itself after about so many seconds. */
const AUTO_SECONDS = 1;

/** Asks, listening to keys and words. @throws TwimlFault, Interrupted */
export async function gather(verb: Gather, run: Run): Promise<Outcome> {
  const heard = await listen(verb, run);
  if (!heard && !verb.actionOnEmptyResult) return through;
  return { kind: 'goto', to: verb.action, fields: { msg: 'Gather End', ...(heard ?? nothing(verb)) } };
}

const nothing = ({ dtmf }: Gather): Fields => (dtmf ? { Digits: '', FinishedOnKey: '' } : {});

async function listen(verb: Gather, run: Run): Promise<Fields | null> {
  const { call, telephony } = run;
  const { timers } = telephony.office.world;
  const prompts = new AbortController();
  const speechEnds = verb.speechTimeout === 'auto' ? AUTO_SECONDS : verb.speechTimeout;
  let callOff = () => {};
  let take: (input: Input) => void = () => {};
  let fault: unknown = null;
  try {
    const heard = await interruptible<Fields | null>(run.signal, (resolve) => {
      let digits = '';
      const words: { text: string; confidence: number }[] = [];
      const within = (seconds: number) => {
        callOff();
        callOff = timers.after(seconds, () => resolve(resultOf(verb, digits, words)));
      };
      take = (input) => {
        if (input.kind === 'key') {
          if (!verb.dtmf) return;
          const isEnd = input.key === verb.finishOnKey;
          // Alone it ends nothing.
          if (isEnd && digits === '') return;
          prompts.abort(new Interrupted());
          if (!isEnd) digits += input.key;
          if (isEnd || digits.length === verb.numDigits) {
            resolve({ Digits: digits, FinishedOnKey: isEnd ? input.key : '' });
          } else within(verb.timeout);
        } else if (verb.speech) {
          if (verb.bargeIn) prompts.abort(new Interrupted());
          words.push(input);
          within(input.seconds + speechEnds);
        }
      };
      call.listeners.push(take);
      const signal = AbortSignal.any([run.signal, prompts.signal]);
      void prompt(verb.prompts, { ...run, signal })
        .then(() => {
          if (digits === '' && words.length === 0) within(verb.timeout);
        }, unlessInterrupted)
        .catch((error: unknown) => {
          fault = error;
          resolve(null);
        });
      return () => callOff();
    });
    if (fault) throw fault;
    run.pace.documents = 0;
    return heard;
  } finally {
    callOff();
    prompts.abort(new Interrupted());
    call.listeners = call.listeners.filter((listener) => listener !== take);
  }
}

function resultOf({ language }: Gather, digits: string, words: { text: string; confidence: number }[]): Fields | null {
  if (digits !== '') return { Digits: digits, FinishedOnKey: '' };
  if (words.length === 0) return null;
  const confidence = Math.min(...words.map((one) => one.confidence));
  return {
    SpeechResult: words.map(({ text }) => text).join(' '),
    Confidence: String(confidence),
    Language: language,
  };
}
