import { findContact } from '../hearing/contact.ts';
import { findOnBehalf } from '../hearing/on-behalf.ts';
import { findPlaceWords, withoutLead as placeWithoutLead } from '../hearing/place-words.ts';
import type { Scene } from '../scene.ts';
import { asWritten, locate, locatePoint } from './locate.ts';
import type { Report } from './report.ts';

/** A report with what could be taken from a burst whatever was asked, and what is left of its text. */
export interface Taken {
  report: Report;
  rest: string;
  /** Something was taken: a burst with nothing left has been dealt with. */
  some: boolean;
}

/** Pin, pictures, contact and whom it is for are taken whenever they come. */
export async function takeFacts(scene: Scene, report: Report): Promise<Taken> {
  const { heard, desk } = scene;
  const { contact, rest } = findContact(heard.choice ? '' : heard.text);
  const behalf = findOnBehalf(rest);
  const gaveContact = Object.keys(contact).length > 0;
  const taken: Report = {
    ...report,
    photos: [...report.photos, ...heard.photos.filter((id) => !report.photos.includes(id))].slice(0, 10),
    contact: { ...report.contact, ...contact },
    affected: behalf ?? report.affected,
    ...(heard.point && { spot: await locatePoint(desk.cases, heard.point), places: [], triage: false }),
  };
  const some = gaveContact || heard.photos.length > 0 || heard.point !== null;
  return { report: heard.point ? await withNearby(scene, taken) : taken, rest, some };
}

/**
 * What the first words of a report tell beside its kind.
 * @param about what was said of this matter
 * @param all what was said in the same breath: a place may be told once for several matters
 */
export async function takeOpening(scene: Scene, report: Report, about: string, all: string): Promise<Report> {
  const { report: taken } = await takeFacts({ ...scene, heard: { ...scene.heard, text: all, choice: null } }, report);
  const words = withoutLead(findContact(about).rest);
  const told: Report = { ...taken, words: words === '' ? [] : [words] };
  if (told.spot || all === '') return told;
  return (await takePlace(scene, told, about)) ?? (await takePlace(scene, told, findContact(all).rest)) ?? told;
}

/** «Hola, quiero reportar una luminaria apagada» says no more than «luminaria apagada». */
function withoutLead(text: string): string {
  const matter = text.replace(
    /^(?:(?:hola|buen[oa]s?(?: (?:d[ií]as|tardes|noches))?|oye|oiga|disculpe?|hello|hi)[\s,.!]+)*(?:(?:(?:yo )?(?:quiero|quisiera|necesito|vengo a|deseo|me gustar[ií]a|i want to|i would like to|i'd like to)\s+)?(?:reportar|denunciar|avisar(?: de)?|hacer un reporte (?:de|por|sobre)|levantar un reporte (?:de|por|sobre)|(?:poner|presentar|levantar|hacer|meter) una (?:queja|denuncia|sugerencia)(?: (?:contra|de|sobre|por))?|report)\s+(?:que\s+(?:hay\s+)?|that\s+)?(?:(?:un[oa]?s?|a|an)\b)?\s*|tengo una (?:queja|sugerencia|denuncia)\b[\s:,.]*(?:contra|de|sobre|por)?\s*)?/iu,
    '',
  );
  return matter.split(/\s+/).filter(Boolean).length > 1 ? matter : '';
}

/** The place that a text tells, among other things; null when it tells none. */
export async function takePlace(scene: Scene, report: Report, text: string): Promise<Report | null> {
  const located = await locate(scene.desk.cases, text);
  if (located?.kind === 'found') return withNearby(scene, { ...report, spot: located.spot, places: [], triage: false });
  if (located) return { ...report, places: located.places };
  const words = findPlaceWords(text);
  // A street that the city's list does not know is a place all the same.
  return words?.plainly
    ? { ...report, spot: asWritten(placeWithoutLead(words.text)), places: [], triage: false }
    : null;
}

/** Open cases beside the place, once there is a point to look around. */
export async function withNearby(scene: Scene, report: Report): Promise<Report> {
  const point = report.spot?.outside ? null : report.spot?.place.point;
  if (!point || report.asked.includes('duplicate')) return { ...report, nearby: [] };
  const nearby = await scene.desk.cases.nearby(report.serviceId, point);
  return { ...report, nearby: nearby.slice(0, 3) };
}
