import type { Locale } from '../../contract/errors.ts';
import type { Spoken } from '../../contract/voice.ts';
import { citizenActor, systemActor } from '../../conversations/change-ticket.ts';
import { queueTicket } from '../../routing/queue-ticket.ts';
import { ask, type CallerScene, type NextStep, speak, unspokenWords } from './caller-scene.ts';
import { isLanguageKey, isSilence } from './hear-caller.ts';
import { inTheQueue } from './in-the-queue.ts';

/** The catalogue's entry for how a report is going: what people ask most by telephone. */
const STATUS = 'estatus-folio';
/** Prompts that nobody answers before a person does. */
const SILENCES = 2;

/**
 * The bot has the contact: what it said is spoken, and the caller is asked.
 * @param greeting what a new caller is told first
 * @returns null while it thinks
 */
export async function withTheBot(
  scene: CallerScene,
  greeting: readonly Spoken[],
  isLate: boolean,
): Promise<NextStep[] | null> {
  const { script, heard, ticket, botThinks, conversation } = scene;
  if (greeting.length > 0) {
    const other: Locale = conversation.locale === 'es' ? 'en' : 'es';
    return begin(scene, [...greeting, speak(scene, 'call.other_language', {}, other)]);
  }
  if (heard.kind === 'silence') script.noticed = true;
  if (isLanguageKey(heard, script)) return changeLanguage(scene);
  if (isSilence(heard)) return promptAgain(scene);
  if (script.personAsked !== null && ticket.bot_seq >= script.personAsked) return toPerson(scene, 'asked');

  const words = unspokenWords(scene);
  if (words.length > 0 && !botThinks) return prompt(scene, words);
  if (botThinks)
    return isLate ? [...words.map((say) => ({ do: 'say' as const, say })), { do: 'pause', seconds: 1 }] : null;
  return prompt(scene, script.prompt);
}

/** Asks what they want. Key 1 leads to what is asked most. */
function begin(scene: CallerScene, before: readonly Spoken[]): NextStep[] {
  const { script, context } = scene;
  const how = speak(scene, 'call.how');
  script.choices = [{ id: STATUS, title: context.desk.phrase('call.wants_status', how.locale) }];
  script.keys = { most: 1, finishOn: null };
  script.prompt = [how];
  return [question(scene, [...before, how])];
}

async function changeLanguage(scene: CallerScene): Promise<NextStep[]> {
  const { unit, conversation, script } = scene;
  conversation.locale = conversation.locale === 'es' ? 'en' : 'es';
  await unit.tx
    .updateTable('conversation')
    .set({ locale: conversation.locale })
    .where('id', '=', conversation.id)
    .execute();
  script.silences = 0;
  return begin(scene, [speak(scene, 'call.privacy')]);
}

function prompt(scene: CallerScene, words: readonly Spoken[]): NextStep[] {
  const { script, unspoken } = scene;
  if (unspoken.text) {
    script.choices = unspoken.choices;
    script.keys = unspoken.keys;
    script.prompt = words;
  }
  script.silences = 0;
  return [question(scene, words)];
}

/** The same again for whoever did not hear it; who says nothing to that either cannot talk to a machine. */
async function promptAgain(scene: CallerScene): Promise<NextStep[]> {
  const { script } = scene;
  script.silences += 1;
  if (script.silences >= SILENCES) return toPerson(scene, 'silence');
  return [question(scene, [speak(scene, 'call.still_there'), ...script.prompt.slice(-1)])];
}

/** A person takes over. The bot's own words about that come before, if it had any. */
async function toPerson(scene: CallerScene, why: 'asked' | 'silence'): Promise<NextStep[]> {
  const { unit, ticket, context } = scene;
  scene.ticket = await queueTicket(unit, ticket, {
    summary: ticket.summary ?? context.desk.phrase('summary.said_nothing', 'es'),
    event: {
      type: 'queued',
      actor: why === 'asked' ? citizenActor(ticket) : systemActor,
      data: { reason: why === 'asked' ? 'asked' : 'missed' },
    },
  });
  scene.heard = { kind: 'again' };
  return inTheQueue(scene, why === 'silence' ? [speak(scene, 'call.not_heard')] : []);
}

/** Answered by keys or words; likely are the choices, and what is asked most. */
function question(scene: CallerScene, say: readonly Spoken[]): NextStep {
  const { context, conversation, script } = scene;
  const likely = [...script.choices, ...context.desk.menu(conversation.locale)].map(({ title }) => title);
  return ask(scene, say, { keys: script.keys, speech: true, hints: [...new Set(likely)] });
}
