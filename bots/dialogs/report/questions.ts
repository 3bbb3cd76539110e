import type { NearbyCase } from '../../../server/contract/case.ts';
import type { ChoiceOption, Part } from '../../../server/contract/message.ts';
import { type Act, button, entryOf, phrase, type Scene, titleOf } from '../scene.ts';
import { daysUntil } from './dates.ts';
import { readBack } from './read-back.ts';
import { nextOfForm, type Report } from './report.ts';

/** Ids of the quick answers a report offers. */
export const picks = {
  skip: 'report:skip',
  send: 'report:send',
  change: 'report:change',
  cancel: 'report:cancel',
  same: 'report:same:',
  other: 'report:other',
  place: 'report:place:',
  none: 'report:none',
  correctPlace: 'report:correct-place',
  triage: 'report:triage',
  slot: 'report:slot:',
  answer: 'report:answer:',
} as const;

/** Asks the open question of a report, with the quick answers that fit it. */
export function askOpen(scene: Scene, report: Report): Act {
  const { parts, options } = questionOf(scene, report);
  const choices: Part[] = options.length > 0 ? [{ type: 'choices', options }] : [];
  return { replies: [[...parts, ...choices]], memory: { ...scene.memory, misses: 0, offered: options } };
}

function questionOf(scene: Scene, report: Report): { parts: Part[]; options: ChoiceOption[] } {
  const title = titleOf(scene, report.serviceId);
  const text = (...sentences: string[]): Part[] => [{ type: 'text', text: sentences.filter(Boolean).join('\n\n') }];
  const skip = button(scene, picks.skip, 'report.skip');
  switch (report.open) {
    case 'kind':
      return { parts: text(phrase(scene, 'report.kind')), options: [] };
    case 'what':
      return { parts: text(phrase(scene, 'report.what', { title })), options: [] };
    case 'where':
      return {
        parts: [...text(phrase(scene, 'report.where', { title })), ...wanting(scene, 'place')],
        options: [],
      };
    case 'which_place':
      return {
        parts: text(phrase(scene, 'report.which_place')),
        options: [
          ...report.places.map(({ label }, i) => ({ id: `${picks.place}${i}`, title: label.slice(0, 80) })),
          button(scene, picks.none, 'report.none_of_these'),
        ],
      };
    case 'colonia':
      return { parts: text(phrase(scene, 'report.colonia', { place: report.spot?.label ?? '' })), options: [] };
    case 'street':
      return {
        parts: [
          ...text(phrase(scene, 'report.street', { place: report.spot?.label ?? '' })),
          ...wanting(scene, 'place'),
        ],
        options: [],
      };
    case 'outside':
      return {
        parts: text(phrase(scene, 'report.outside', { city: scene.desk.cityName })),
        options: [
          button(scene, picks.correctPlace, 'report.correct_place'),
          button(scene, picks.triage, 'report.triage'),
        ],
      };
    case 'duplicate':
      return {
        parts: text(
          phrase(scene, report.nearby.length > 1 ? 'report.nearby_several' : 'report.nearby'),
          report.nearby.map((one) => `• ${nearbyLine(scene, one)}`).join('\n'),
        ),
        options: [
          ...report.nearby.map((one) => ({
            id: `${picks.same}${one.id}`,
            title: report.nearby.length > 1 ? nameOf(scene, one) : phrase(scene, 'report.same'),
          })),
          button(scene, picks.other, 'report.other'),
        ],
      };
    case 'form': {
      const asked = nextOfForm(scene, report);
      const choices =
        asked?.choices.map(({ id, title: choice }) => ({ id: `${picks.answer}${id}`, title: choice })) ?? [];
      return {
        parts: [...text(asked?.label ?? ''), ...(asked?.kind === 'photo' ? wanting(scene, 'photo') : [])],
        options: asked?.required ? choices : [...choices, skip],
      };
    }
    case 'details':
      return {
        parts: [...text(phrase(scene, 'report.details')), ...wanting(scene, 'photo')],
        options: [skip],
      };
    case 'affected':
      return {
        parts: text(phrase(scene, 'report.affected', { relation: report.affected?.relation ?? '' })),
        options: [skip],
      };
    case 'contact':
      return {
        parts: text(
          noticeFor(scene, report),
          phrase(scene, entryOf(scene, report.serviceId)?.restricted ? 'report.contact_restricted' : 'report.contact'),
        ),
        options: [button(scene, picks.skip, 'report.no_contact')],
      };
    case 'confirm':
      return {
        parts: text(
          volunteered(report) ? noticeFor(scene, report) : '',
          readBack(scene, report),
          phrase(scene, 'report.confirm'),
        ),
        options: [
          button(scene, picks.send, 'report.send'),
          button(scene, picks.change, 'report.change'),
          button(scene, picks.cancel, 'report.cancel'),
        ],
      };
    case 'change':
      return {
        parts: text(phrase(scene, 'report.change_what')),
        options: [
          button(scene, `${picks.slot}service`, 'report.slot_service'),
          button(scene, `${picks.slot}place`, 'report.slot_place'),
          button(scene, `${picks.slot}words`, 'report.slot_words'),
          ...(scene.channel === 'voice' ? [] : [button(scene, `${picks.slot}photo`, 'report.slot_photo')]),
          ...(hasAnswers(report) ? [button(scene, `${picks.slot}answers`, 'report.slot_answers')] : []),
          button(scene, `${picks.slot}contact`, 'report.slot_contact'),
        ],
      };
  }
}

const hasAnswers = ({ answers }: Report): boolean => Object.values(answers).some(Boolean);

/** A telephone has neither map nor camera. */
function wanting({ channel }: Scene, wants: 'place' | 'photo'): Part[] {
  return channel === 'voice' ? [] : [{ type: 'request', wants }];
}

/** One of several open cases, on its button. */
function nameOf(scene: Scene, { folio, service, serviceId, where }: NearbyCase): string {
  if (scene.channel !== 'voice') return folio;
  return phrase(scene, 'voice.same_at', { title: titleOf(scene, serviceId) || service, where });
}

/** The notice stands before personal data is asked for, or sent when it came unasked; a call begins with it. */
function noticeFor(scene: Scene, report: Report): string {
  const { version, text } = scene.desk.privacy(scene.locale);
  if (scene.channel === 'voice') return '';
  return scene.consent === version || report.noticed ? '' : text;
}

/** Whether personal data came, or is asked for. */
export function volunteered({ contact, affected }: Report): boolean {
  return Boolean(contact.name || contact.phone || contact.email || affected?.name);
}

function nearbyLine(
  scene: Scene,
  { folio, service, serviceId, where, metres, openedAt, status, followers }: NearbyCase,
): string {
  const days = -daysUntil(openedAt, scene.now);
  return phrase(scene, followers > 0 ? 'report.nearby_line_followed' : 'report.nearby_line', {
    folio,
    title: titleOf(scene, serviceId) || service,
    where,
    metres: String(metres),
    since: phrase(
      scene,
      days <= 0 ? 'report.since_today' : days === 1 ? 'report.since_yesterday' : 'report.since_days',
      {
        days: String(days),
      },
    ),
    status: phrase(scene, `status.${status}`).toLowerCase(),
    followers: String(followers),
  });
}
