import { z } from 'zod';
import { phoneOf } from '../../../server/contract/phone.ts';
import type { CallMoment, Heard } from '../../../server/contract/voice.ts';
import type { WebhookForm } from '../../twilio/webhook-form.ts';
import type { After, Question } from './voice-urls.ts';

/** What Twilio writes for somebody who withholds their number. */
const WITHHELD = new Set(['+266696687', '+7378742833', '+2562533', '+8566696', '+86282452253']);

const questionSchema = z.object({
  turn: z.coerce.number().int().nonnegative().nullable().catch(null),
  after: z.enum(['ask', 'wait', 'pause', 'record', 'join', 'dial', 'queue']).nullable().catch(null),
  queue: z.enum(['in', 'none']).nullable().catch(null),
});

/** Longer than anybody speaks at one go. */
const LONGEST_SPEECH = 2_000;
const MOST_DIGITS = 40;

const heardSchema = z.object({
  Digits: z.string().max(200).optional(),
  SpeechResult: z.string().optional(),
  Confidence: z.coerce.number().min(0).max(1).catch(0),
  DialCallStatus: z.string().optional(),
  RecordingSid: z
    .string()
    .regex(/^RE[0-9a-f]{32}$/)
    .optional(),
  RecordingUrl: z.url().max(500).optional(),
  RecordingDuration: z.coerce.number().nonnegative().catch(0),
});

/** Fields by which a question that failed is asked once more with what was heard. */
export const HEARD_FIELDS = [
  'Digits',
  'SpeechResult',
  'Confidence',
  'DialCallStatus',
  'RecordingSid',
  'RecordingUrl',
  'RecordingDuration',
] as const;

/** The question in an address that we gave to Twilio. */
export function questionOf(url: URL): Question {
  const { turn, after, queue } = questionSchema.parse({
    turn: url.searchParams.get('turn'),
    after: url.searchParams.get('after'),
    queue: url.searchParams.get('queue'),
  });
  return { turn, after, ...(queue === 'in' ? { inQueue: true } : {}), ...(queue === 'none' ? { noQueue: true } : {}) };
}

/** What was heard at the caller's end, by what Twilio tells behind an address of ours. */
export function heardOf(fields: WebhookForm, after: After | null, at: Date): Heard {
  const heard = heardSchema.parse(fields);
  if (after === 'record') return recordedOf(heard, at);
  if (after === 'dial') return { kind: 'dialled', result: RESULTS[heard.DialCallStatus ?? ''] ?? 'failed' };
  const digits = (heard.Digits ?? '').replace(/[^0-9*#]/g, '').slice(0, MOST_DIGITS);
  if (digits) return { kind: 'keys', digits };
  const text = (heard.SpeechResult ?? '').trim().slice(0, LONGEST_SPEECH);
  if (text) return { kind: 'speech', text, confidence: heard.Confidence };
  return { kind: after === 'ask' ? 'silence' : 'again' };
}

const RESULTS: Record<string, Extract<Heard, { kind: 'dialled' }>['result']> = {
  completed: 'completed',
  answered: 'completed',
  busy: 'busy',
  'no-answer': 'no_answer',
  failed: 'failed',
  canceled: 'failed',
};

function recordedOf({ RecordingSid, RecordingUrl, RecordingDuration }: z.output<typeof heardSchema>, at: Date): Heard {
  const sid = RecordingSid ?? /\/(RE[0-9a-f]{32})$/.exec(RecordingUrl ?? '')?.[1];
  if (!sid || RecordingDuration === 0) return { kind: 'silence' };
  const milliseconds = Math.round(RecordingDuration * 1_000);
  return { kind: 'recorded', source: { sid }, milliseconds, at: new Date(at.getTime() - milliseconds) };
}

/** Who is on the line. */
export function endsOf({ From = '', To = '' }: WebhookForm): Pick<CallMoment, 'from' | 'to'> {
  return { from: WITHHELD.has(From) ? null : phoneOf(From), to: phoneOf(To) ?? To };
}
