import type { AppContext } from '../../context.ts';
import type { Locale } from '../../contract/errors.ts';
import { phoneOf } from '../../contract/phone.ts';
import type { PhraseKey } from '../../contract/phrases.ts';
import type { ChatTicket } from '../../contract/socket.ts';
import type { CallMoment, CallStep, Heard, Spoken } from '../../contract/voice.ts';
import { moveCursors } from '../../conversations/cursors.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { changeCall, type LockedCall, lockCall } from '../change-call.ts';
import { type ForTheEar, toEar } from '../ear/to-ear.ts';
import type { CallRow } from '../find-call.ts';
import type { OwnFact } from '../stored-fact.ts';
import { textAccountFor } from '../text-caller.ts';
import { type CallerScript, readScript } from './caller-script.ts';

/** What the caller's end needs of the server. */
export type CallerContext = Pick<
  AppContext,
  'accounts' | 'announcements' | 'cases' | 'city' | 'desk' | 'say' | 'visitorTokens' | 'windows'
>;

/** Where a contact stands in its queue, as its citizen may know. */
export type Standing = Pick<ChatTicket, 'position' | 'expectedWaitSeconds' | 'open' | 'opensAt' | 'version'>;

/** One moment of a call with everything that decides what the caller hears next; all of it locked. */
export interface CallerScene extends LockedCall {
  readonly context: CallerContext;
  readonly unit: Unit;
  readonly moment: CallMoment;
  readonly standing: Standing;
  /** What is still to be answered of what they did: once it was, it is `again`. */
  heard: Heard;
  readonly script: CallerScript;
  /** What was said to them and not spoken yet. */
  readonly unspoken: ForTheEar & { upTo: number };
  /** They said something that the bot has not answered yet. */
  readonly botThinks: boolean;
}

/** A step without the number that its answer comes back with. */
type Unnumbered<Step> = Step extends { turn: number } ? Omit<Step, 'turn'> : Step;
export type NextStep = Unnumbered<CallStep>;

/** Locks the call and its contact, and reads what the caller has not heard yet. */
export async function openScene(
  unit: Unit,
  context: CallerContext,
  callId: string,
  moment: CallMoment,
  standing: Standing,
): Promise<CallerScene> {
  const locked = await lockCall(unit, callId);
  const { call, ticket, conversation } = locked;
  const said = await unit.tx
    .selectFrom('message')
    .select(['seq', 'direction', 'author_type', 'parts'])
    .where('conversation_id', '=', conversation.id)
    .where('seq', '>', Math.min(call.spoken_seq, ticket.bot_seq))
    .orderBy('seq')
    .execute();
  // What operators write they can say themselves.
  const unspoken = said.filter(
    ({ direction, seq, author_type }) =>
      direction === 'out' && seq > call.spoken_seq && (author_type === 'bot' || author_type === 'system'),
  );
  return {
    ...locked,
    context,
    unit,
    moment,
    standing,
    heard: moment.heard,
    script: readScript(call),
    unspoken: {
      ...toEar(
        unspoken.flatMap(({ parts }) => parts),
        conversation.locale,
        { canText: textAccountFor(context.accounts, conversation) !== null },
      ),
      upTo: said.at(-1)?.seq ?? call.spoken_seq,
    },
    botThinks: said.some(({ direction, seq }) => direction === 'in' && seq > ticket.bot_seq),
  };
}

/** A sentence of the city in the caller's language. */
export function speak(
  { context, conversation }: Pick<CallerScene, 'context' | 'conversation'>,
  key: PhraseKey,
  values?: Record<string, string>,
  locale: Locale = conversation.locale,
): Spoken {
  return { text: context.desk.phrase(key, locale, values), locale };
}

/** What was not spoken yet, if anything. */
export const unspokenWords = ({ unspoken, conversation }: CallerScene): Spoken[] =>
  unspoken.text ? [{ text: unspoken.text, locale: conversation.locale }] : [];

/** The number they call from, or that we called; null for calls from the browser and withheld numbers. */
export const numberOf = ({ call }: Pick<CallerScene, 'call'>): string | null => {
  const address = call.direction === 'in' ? call.from_address : call.to_address;
  return address === null ? null : phoneOf(address);
};

/** A question to be answered by keys or speech. */
export function ask(
  { conversation }: Pick<CallerScene, 'conversation'>,
  say: readonly Spoken[],
  { keys, speech, hints = [] }: { keys: ForTheEar['keys']; speech: boolean; hints?: readonly string[] },
): NextStep {
  return { do: 'ask', say, keys, speech, hints, waitSeconds: 6, locale: conversation.locale };
}

/** Changes the call in the scene. */
export async function changeScene(
  scene: CallerScene,
  change: Parameters<typeof changeCall>[2],
  facts: readonly OwnFact[] = [],
): Promise<CallRow> {
  scene.call = await changeCall(scene.unit, scene.call, change, facts);
  return scene.call;
}

/** Gives the caller's end what it does next, and keeps that it was given: asked again, it is given again. */
export async function give(scene: CallerScene, steps: readonly NextStep[]): Promise<CallStep[]> {
  const { unit, call, conversation, unspoken, script } = scene;
  const turn = call.turn + 1;
  const numbered = steps.map(
    (step): CallStep => (step.do === 'say' || step.do === 'hangUp' ? step : { ...step, turn }),
  );
  await changeScene(scene, {
    turn,
    last_steps: json(numbered),
    script: json({ ...script }),
    spoken_seq: Math.max(call.spoken_seq, unspoken.upTo),
  });
  await moveCursors(unit, conversation.id, { citizen_delivered: unspoken.upTo, citizen_read: unspoken.upTo });
  return numbered;
}
