import { noticePartSchema } from './message.ts';

/** Sentences of the bot to the citizen. */
const botKeys = [
  'bot.greeting',
  'bot.greeting_named',
  'bot.menu',
  'bot.which',
  'bot.helped',
  'bot.helped_yes',
  'bot.helped_no',
  'bot.glad',
  'bot.goodbye',
  'bot.missed',
  'bot.attachment',
  'bot.location',
  'bot.handing_off',
  'bot.giving_up',
  'bot.report',
  'bot.folio',
  'bot.no_answer',
] as const;

/** What the bot tells the operator about a contact, always in the city's first language. */
const summaryKeys = [
  'summary.said',
  'summary.said_nothing',
  'summary.report',
  'summary.folio',
  'summary.emergency',
  'summary.violence',
  'summary.seen',
  'summary.missed',
  'summary.untried',
  'summary.no_answer',
  'summary.sent_files',
  'summary.sent_location',
] as const;

/** What is written by mail when nobody has read it yet. */
const emailKeys = ['email.acknowledgement', 'email.forwarded'] as const;

/** What becomes of a case, told to whoever filed or follows it. */
const caseKeys = [
  'case.opened',
  'case.assigned',
  'case.in_progress',
  'case.waiting_citizen',
  'case.solved',
  'case.not_ours',
  'case.rejected',
  'case.reopened',
  'case.update',
  'case.neutral',
] as const;

/** From the city's `danger.yaml`: what is said the moment danger is recognised. */
const dangerKeys = ['danger.emergency', 'danger.violence'] as const;

type NoticeKey = (typeof noticePartSchema.shape.key.options)[number];
const noticeKeys = noticePartSchema.shape.key.options.map((key): `notice.${NoticeKey}` => `notice.${key}`);

/** Every sentence that code asks of a city's content; a city that lacks one does not start. */
export const phraseKeys = [...botKeys, ...summaryKeys, ...caseKeys, ...emailKeys, ...dangerKeys, ...noticeKeys] as const;
export type PhraseKey = (typeof phraseKeys)[number];
