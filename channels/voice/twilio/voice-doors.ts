import { AppError } from '../../../server/contract/errors.ts';
import { phoneOf } from '../../../server/contract/phone.ts';
import type { CallHost, CallRef, CallStep, Heard, VoiceDoor } from '../../../server/contract/voice.ts';
import type { TwilioAccount } from '../../twilio/twilio-account.ts';
import {
  CALL_STATUS_PATH,
  FALLBACK_PATH,
  RECORDING_PATH,
  ROOM_PATH,
  STEP_PATH,
  VOICE_PATH,
} from '../../twilio/voice-paths.ts';
import { openWebhook, type WebhookForm } from '../../twilio/webhook-form.ts';
import { factsOfRecording, factsOfRoom, factsOfStatus, isOver } from './read-facts.ts';
import { endsOf, HEARD_FIELDS, heardOf, questionOf } from './read-moment.ts';
import { renderSteps } from './render-steps.ts';
import { goOn, sayNoSuchLine, sayNothing, sayOneMoment } from './say-wait.ts';
import type { Question, VoiceUrls } from './voice-urls.ts';

/** Speech is no longer than a minute, in words of a form. */
const BODY_LIMIT = 64 * 1024;
/** Twilio waits fifteen seconds; before that it is told to be patient, and asks the same again. */
const PATIENCE_MS = 9_000;
const EMPTY = { turn: null, after: null } as const satisfies Question;

export interface VoiceDoorsOptions {
  accounts: readonly TwilioAccount[];
  host: CallHost;
  urls: VoiceUrls;
  /** Of the hold music; null: nobody knows. */
  musicSeconds: number | null;
  now(): Date;
  /** A question that could not be answered: the caller is told to wait, and it is asked once more. */
  failed(error: unknown): void;
}

interface Asked {
  form: WebhookForm;
  url: URL;
}

/** Where Twilio asks what a caller hears next, and tells what happened to calls, rooms and recordings. */
export function createTwilioVoiceDoors(options: VoiceDoorsOptions): VoiceDoor[] {
  const { accounts, host, urls, musicSeconds, now } = options;

  const door = (path: string, answer: (asked: Asked) => Promise<string>): VoiceDoor => ({
    path,
    bodyLimit: BODY_LIMIT,
    async answer(request) {
      const form = openWebhook(request, accounts);
      return { contentType: 'text/xml', body: await answer({ form, url: new URL(request.url) }) };
    },
  });
  const told = (path: string, tell: (asked: Asked) => Promise<void>): VoiceDoor =>
    door(path, async (asked) => {
      await tell(asked);
      return sayNothing();
    });

  /** Which of the city's lines it is: the number that was called, or that we called from. */
  function accountOf({
    AccountSid,
    To = '',
    From = '',
    Direction = 'inbound',
  }: WebhookForm): TwilioAccount | undefined {
    const candidates = accounts.filter(({ settings }) => settings.accountSid === AccountSid);
    const ours = phoneOf(Direction === 'inbound' ? To : From);
    return candidates.find(({ address }) => phoneOf(address) === ours);
  }

  /** The call that a callback names, where it is one of the account that has signed. */
  async function callOf(form: WebhookForm, callId: string): Promise<CallRef | null> {
    const call = await host.findCall(callId);
    const isTheirs = accounts.some(
      ({ id, settings }) => id === call?.accountId && settings.accountSid === form.AccountSid,
    );
    return isTheirs ? call : null;
  }

  async function answer({ form, url }: Asked, question: Question, heard: Heard | null): Promise<string> {
    const account = accountOf(form) ?? accounts.find(({ settings }) => settings.accountSid === form.AccountSid);
    const voices = (account ?? accounts[0])?.settings.voices;
    if (!voices) throw new AppError('forbidden');
    if (!accountOf(form) || !form.CallSid || !account) return sayNoSuchLine(voices);
    const tries = Number(url.searchParams.get('tries')) || 0;
    try {
      const steps = await inTime(
        host.next({
          accountId: account.id,
          providerCallId: form.CallSid,
          ...endsOf(form),
          turn: question.turn,
          heard: heard ?? heardOf({ ...Object.fromEntries(url.searchParams), ...form }, question.after, now()),
          at: now(),
        }),
        now,
      );
      return renderSteps(steps, question, { urls, voices, musicSeconds });
    } catch (error) {
      options.failed(error);
      return sayOneMoment(voices, sameAgain(url, form, tries + 1), tries);
    }
  }

  /** The same address, with what was heard: a redirect brings the fields of a key or a sentence only once. */
  function sameAgain(url: URL, form: WebhookForm, tries: number): string {
    const { pathname, searchParams } = url;
    const heard = Object.fromEntries(
      HEARD_FIELDS.flatMap((name) => {
        const value = form[name] ?? searchParams.get(name);
        return value ? [[name, value]] : [];
      }),
    );
    const again = new URL(
      pathname === VOICE_PATH ? urls.begin(searchParams.get('call') ?? undefined) : urls.step(questionOf(url), heard),
    );
    again.searchParams.set('tries', String(tries));
    return again.href;
  }

  /** A call comes in, or one that we made was answered. */
  async function begin(asked: Asked): Promise<string> {
    const callId = asked.url.searchParams.get('call');
    if (isOver(asked.form.CallStatus)) return sayNothing();
    if (!callId) return answer(asked, EMPTY, { kind: 'began' });
    // They may answer before it is written down which call it is.
    const call = await callOf(asked.form, callId).catch(() => null);
    const voices = accountOf(asked.form)?.settings.voices;
    if (voices && call?.providerCallId !== asked.form.CallSid) {
      const tries = Number(asked.url.searchParams.get('tries')) || 0;
      return sayOneMoment(voices, sameAgain(asked.url, asked.form, tries + 1), tries + 1);
    }
    return answer(asked, EMPTY, { kind: 'picked_up' });
  }

  async function step(asked: Asked): Promise<string> {
    const { form, url } = asked;
    const question = questionOf(url);
    // Whoever hung up hears nothing more; what they recorded until then is theirs.
    if (isOver(form.CallStatus) && !(question.after === 'record' && form.RecordingUrl)) return sayNothing();
    if (question.after !== 'queue') return answer(asked, question, null);
    return leftQueue(asked, question);
  }

  /** Why Twilio's queue let them go. */
  async function leftQueue(asked: Asked, { turn }: Question): Promise<string> {
    const same = { turn, after: 'wait' } as const;
    switch (asked.form.QueueResult) {
      case 'hangup':
        return sayNothing();
      case 'leave':
        return answer(asked, same, { kind: 'again' });
      case 'redirected':
        // We called them out of it; should Twilio carry out this answer too, it leads to the same place.
        return goOn(urls.step(EMPTY));
      default:
        return answer(asked, { ...same, noQueue: true }, { kind: 'again' });
    }
  }

  return [
    door(VOICE_PATH, begin),
    door(STEP_PATH, step),
    door(FALLBACK_PATH, async ({ form }) => {
      const account = accountOf(form) ?? accounts[0];
      const began = (form.ErrorUrl ?? '').split(/[?#]/)[0]?.endsWith(VOICE_PATH);
      return account ? sayOneMoment(account.settings.voices, began ? urls.begin() : urls.step(EMPTY), 0) : sayNothing();
    }),
    told(CALL_STATUS_PATH, async ({ form, url }) => {
      const { accountId, callId } = { accountId: accountOf(form)?.id, callId: url.searchParams.get('call') };
      const facts = factsOfStatus(form, url.searchParams.get('leg'), callId, now());
      // What we rang or called tells which call it is of; who called us is known by the call itself.
      const call = callId
        ? await callOf(form, callId)
        : accountId && form.CallSid
          ? { accountId, providerCallId: form.CallSid }
          : null;
      if (call && facts.length > 0) await host.report(call, facts);
    }),
    told(ROOM_PATH, async ({ form }) => {
      const call = await callOf(form, form.FriendlyName ?? '');
      const facts = call ? factsOfRoom(form, call.callId, now()) : [];
      if (call && facts.length > 0) await host.report(call, facts);
    }),
    told(RECORDING_PATH, async ({ form, url }) => {
      const call = await callOf(form, url.searchParams.get('call') ?? '');
      const facts = factsOfRecording(form, now());
      if (call && facts.length > 0) await host.report(call, facts);
    }),
  ];
}

/** @throws when the answer takes longer than a caller is left in silence; what it does is done all the same */
async function inTime(answer: Promise<CallStep[]>, now: () => Date): Promise<CallStep[]> {
  const began = now().getTime();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    // By the clock of the line: where time is simulated, a slow machine keeps nobody waiting.
    const wait = (milliseconds: number) => {
      timer = setTimeout(() => {
        const left = PATIENCE_MS - (now().getTime() - began);
        if (left > 0) wait(left);
        else reject(new Error('What the caller hears next took too long'));
      }, milliseconds);
    };
    wait(PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
