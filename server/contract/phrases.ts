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
  'bot.no_answer',
  'bot.missed_answer',
  'bot.lost_thread',
  'bot.old_button',
  'bot.cannot_listen',
  'bot.cannot_open',
  'bot.file_lost',
  'bot.contact',
  'bot.upset',
  'bot.no_answer_now',
] as const;

/** What is asked when there may be danger, and when there is. */
const doubtKeys = ['danger.check', 'danger.check_yes', 'danger.check_no', 'danger.safe_contact'] as const;

/** What is said while a report is taken down. */
const reportKeys = [
  'report.begin',
  'report.one_by_one',
  'report.now_the_other',
  'report.kind',
  'report.what',
  'report.where',
  'report.which_place',
  'report.none_of_these',
  'report.colonia',
  'report.street',
  'report.outside',
  'report.correct_place',
  'report.triage',
  'report.nearby',
  'report.nearby_several',
  'report.nearby_line',
  'report.nearby_line_followed',
  'report.since_today',
  'report.since_yesterday',
  'report.since_days',
  'report.same',
  'report.other',
  'report.details',
  'report.skip',
  'report.affected',
  'report.contact',
  'report.contact_restricted',
  'report.no_contact',
  'report.read_back',
  'report.line_service',
  'report.line_words',
  'report.line_place',
  'report.line_place_triage',
  'report.line_answer',
  'report.line_photos',
  'report.line_affected',
  'report.line_contact',
  'report.confirm',
  'report.send',
  'report.change',
  'report.cancel',
  'report.change_what',
  'report.slot_service',
  'report.slot_place',
  'report.slot_words',
  'report.slot_photo',
  'report.slot_answers',
  'report.slot_contact',
  'report.filed',
  'report.followed',
  'report.promise',
  'report.promise_one',
  'report.takes',
  'report.takes_one',
  'report.noted',
  'report.noted_next',
  'report.cancelled',
  'report.cancelled_all',
] as const;

/** How a folio is going; `status.<status>` for each there is. */
const statusKeys = [
  'status.which',
  'status.which_of_yours',
  'status.secret',
  'status.not_found',
  'status.person',
  'status.no_folio',
  'status.cancelled',
  'status.line',
  'status.line_where',
  'status.received',
  'status.assigned',
  'status.in_progress',
  'status.waiting_citizen',
  'status.solved',
  'status.not_ours',
  'status.rejected',
  'status.reopened',
  'status.opened_again',
  'status.promise_days',
  'status.promise_tomorrow',
  'status.promise_today',
  'status.promise_late',
  'status.owner',
  'status.reason',
  'status.update',
  'status.solved_question',
  'status.it_is',
  'status.it_is_not',
  'status.what_is_wrong',
  'status.cannot_reopen',
  'status.glad',
] as const;

/** What is said into silence. */
const silenceKeys = ['silence.reminder', 'silence.end'] as const;

/** What the bot tells the operator about a contact, always in the city's first language. */
const summaryKeys = [
  'summary.said',
  'summary.said_nothing',
  'summary.mail_reports',
  'summary.mail_asks',
  'summary.mail_answered',
  'summary.folio',
  'summary.emergency',
  'summary.violence',
  'summary.seen',
  'summary.missed',
  'summary.untried',
  'summary.no_answer',
  'summary.sent_files',
  'summary.sent_location',
  'summary.draft',
  'summary.asked_folio',
  'summary.about',
  'summary.upset',
  'summary.protected_case',
] as const;

/**
 * What is written by mail when nobody has read it yet; `email.suggested` stands around an answer that is suggested to
 * whoever writes one, with the variables of canned replies.
 */
const emailKeys = ['email.acknowledgement', 'email.answer', 'email.forwarded', 'email.suggested'] as const;

/** What is said with choices: above them where there are no words, below them where they are only numbered. */
const choiceKeys = ['choices.choose', 'choices.by_number'] as const;

/** What becomes of a case, told to whoever filed or follows it. */
const caseKeys = [
  'case.opened',
  'case.opened_one',
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

/** What a caller is told beside the bot: greeting, queue, call back, going on in writing, outside hours. */
const callKeys = [
  'call.greeting',
  'call.recorded',
  'call.privacy',
  'call.other_language',
  'call.how',
  'call.still_there',
  'call.not_heard',
  'call.one_moment',
  'call.next_in_line',
  'call.one_ahead',
  'call.ahead',
  'call.wait_moment',
  'call.wait_minute',
  'call.wait_minutes',
  'call.stay',
  'call.offer_callback',
  'call.offer_whatsapp',
  'call.offer_sms',
  'call.offer_chat',
  'call.almost',
  'call.transferred',
  'call.operator_lost',
  'call.callback_number',
  'call.callback_ask',
  'call.callback_wrong',
  'call.callback_refused',
  'call.callback_done',
  'call.moved_whatsapp',
  'call.moved_sms',
  'call.moved_chat',
  'call.moved_text',
  'call.moved_here',
  'call.closed',
  'call.opens',
  'call.opens_today',
  'call.voicemail',
  'call.voicemail_done',
  'call.may_call',
  'call.may_call_yes',
  'call.may_call_no',
  'call.may_call_heard',
  'call.wants_person',
  'call.wants_status',
  'call.outside_unreached',
  'call.goodbye',
] as const;

/** Told to who wants no more notices, or wants them again. */
const noticesKeys = ['notices.stop', 'notices.resume'] as const;

/** From the city's `danger.yaml`: what is said the moment danger is recognised. */
const dangerKeys = ['danger.emergency', 'danger.violence'] as const;

/** Said on a call instead of the sentence by the same name, where the ear needs another. */
const spokenKeys = [
  'voice.bot.menu',
  'voice.bot.glad',
  'voice.bot.goodbye',
  'voice.bot.missed',
  'voice.bot.lost_thread',
  'voice.bot.upset',
  'voice.danger.emergency',
  'voice.danger.violence',
  'voice.report.kind',
  'voice.report.where',
  'voice.report.street',
  'voice.report.nearby_line',
  'voice.report.nearby_line_followed',
  'voice.report.details',
  'voice.report.skip',
  'voice.report.send',
  'voice.report.slot_service',
  'voice.report.slot_place',
  'voice.report.slot_words',
  'voice.report.slot_contact',
  'voice.report.filed',
  'voice.report.followed',
  'voice.status.which',
  'voice.status.secret',
  'voice.status.not_found',
  'voice.status.no_folio',
  'voice.status.cancelled',
  'voice.status.line',
  'voice.status.line_where',
  'voice.status.opened_again',
  'voice.silence.reminder',
  'voice.silence.end',
  'voice.summary.said',
] as const;

/** What is said on calls alone. `voice.text` is what leaves as a text. */
const voiceKeys = [
  'voice.keep_folio',
  'voice.same_at',
  'voice.more',
  'voice.yes',
  'voice.no',
  'voice.go_on',
  'voice.go_on_yes',
  'voice.go_on_text',
  'voice.go_on_no',
  'voice.text_offer',
  'voice.text_sent',
  'voice.text_case',
] as const;

type NoticeKey = (typeof noticePartSchema.shape.key.options)[number];
const noticeKeys = noticePartSchema.shape.key.options.map((key): `notice.${NoticeKey}` => `notice.${key}`);

/** Every sentence that code asks of a city's content; a city that lacks one does not start. */
export const phraseKeys = [
  ...botKeys,
  ...doubtKeys,
  ...reportKeys,
  ...statusKeys,
  ...silenceKeys,
  ...summaryKeys,
  ...caseKeys,
  ...emailKeys,
  ...choiceKeys,
  ...noticesKeys,
  ...callKeys,
  ...dangerKeys,
  ...noticeKeys,
  ...spokenKeys,
  ...voiceKeys,
] as const;
export type PhraseKey = (typeof phraseKeys)[number];

const spoken: ReadonlyMap<string, PhraseKey> = new Map(spokenKeys.map((key) => [key.slice('voice.'.length), key]));

/** The sentence that is said on a call in place of this one; itself where the ear needs no other. */
export const spokenPhrase = (key: PhraseKey): PhraseKey => spoken.get(key) ?? key;
