import { IANAZone } from 'luxon';
import { channelNames } from '../contract/channel.ts';
import { BACKGROUND, type City } from '../contract/city.ts';
import type { Hours } from '../contract/http.ts';
import { cannedVariables } from '../contract/http.ts';
import { messagingChannels } from '../contract/messaging.ts';
import { phraseKeys } from '../contract/phrases.ts';
import { checkPlaces } from './check-places.ts';
import { checkTemplates } from './check-templates.ts';
import type { CityProblem } from './city-error.ts';
import { hasCalendar } from './public-holidays.ts';

/** What no shape can tell: ids that point nowhere, ids given twice, and content that code needs but the city lacks. */
export function checkReferences(city: City): CityProblem[] {
  return [
    ...duplicates(city),
    ...catalogue(city),
    ...menus(city),
    ...queues(city),
    ...mailboxes(city),
    ...accounts(city),
    ...people(city),
    ...skills(city),
    ...replies(city),
    ...phrases(city),
    ...place(city),
    ...areas(city),
    ...checkPlaces(city),
    ...checkTemplates(city),
  ];
}

function duplicates(city: City): CityProblem[] {
  const entries = [...city.services, ...city.topics, ...city.actions];
  return [
    ...repeated(entries.map(({ id }) => id)).map((id) => problem('catalog.yaml', id, 'this id is given twice')),
    ...repeated(city.queues.map(({ id }) => id)).map((id) => problem('queues.yaml', id, 'this id is given twice')),
    ...repeated(city.operators.map(({ email }) => email)).map((email) =>
      problem('operators.yaml', email, 'this e-mail is given twice'),
    ),
    ...repeated(city.cannedReplies.map(({ shortcut }) => shortcut)).map((shortcut) =>
      problem('canned-replies.yaml', shortcut, 'this shortcut is given twice'),
    ),
    ...repeated(city.dispositions.map(({ id }) => id)).map((id) => problem('city.yaml', id, 'this id is given twice')),
  ];
}

function mailboxes(city: City): CityProblem[] {
  const queueIds = new Set(city.queues.map(({ id }) => id));
  return [
    ...repeated(city.mailboxes.map(({ id }) => id)).map((id) =>
      problem('city.yaml', id, 'this mailbox is given twice'),
    ),
    ...repeated(city.mailboxes.map(({ address }) => address)).map((address) =>
      problem('city.yaml', address, 'this address is given twice'),
    ),
    ...city.mailboxes.flatMap(({ queue }, i) =>
      queueIds.has(queue) ? [] : problem('city.yaml', `mailboxes[${i}].queue`, `there is no queue «${queue}»`),
    ),
    ...Object.keys(city.departmentAddresses)
      .filter((id) => !(id in city.departments))
      .map((id) => problem('city.yaml', `departmentAddresses.${id}`, `there is no department «${id}»`)),
  ];
}

/** What other accounts of the installation are called. */
const TAKEN = new Set<string>([
  'web',
  ...channelNames.filter((name) => !messagingChannels.some((one) => one === name)),
]);
/** ITU-T E.164, with the plus. */
const PHONE = /^\+[1-9]\d{7,14}$/;

function accounts(city: City): CityProblem[] {
  return [
    ...repeated(city.accounts.map(({ id }) => id)).map((id) => problem('city.yaml', id, 'this account is given twice')),
    ...repeated(city.accounts.map(({ channel, address }) => `${channel} ${address}`)).map((address) =>
      problem('city.yaml', address, 'this address is given twice'),
    ),
    ...city.accounts.flatMap(({ id }, i) =>
      TAKEN.has(id) ? [problem('city.yaml', `accounts[${i}].id`, `«${id}» is the name of another channel`)] : [],
    ),
    ...city.accounts.flatMap(({ channel, address }, i) =>
      (channel === 'whatsapp' || channel === 'sms') && !PHONE.test(address)
        ? [problem('city.yaml', `accounts[${i}].address`, `«${address}» is not a number such as +522291234567`)]
        : [],
    ),
  ];
}

function catalogue(city: City): CityProblem[] {
  const articles = new Set(city.articles.map(({ id }) => id));
  const topics = new Set(city.topics.map(({ id }) => id));
  const titled = new Set([...city.services, ...city.actions].map(({ id }) => id));
  return [
    ...city.services.flatMap(({ department }, i) =>
      department in city.departments
        ? []
        : problem('catalog.yaml', `services[${i}].department`, `there is no department «${department}»`),
    ),
    ...city.articles.flatMap(({ id, department }) =>
      department === undefined || department in city.departments
        ? []
        : problem(`articles/${id}.md`, 'department', `there is no department «${department}»`),
    ),
    ...[...topics]
      .filter((id) => !articles.has(id))
      .map((id) => problem(`articles/${id}.md`, '', `the topic «${id}» needs this article`)),
    ...[...articles]
      .filter((id) => !topics.has(id) && !titled.has(id))
      .map((id) => problem(`articles/${id}.md`, '', 'the catalogue has no topic or service of this name')),
    ...Object.keys(city.utterances)
      .filter((id) => id !== BACKGROUND && !topics.has(id) && !titled.has(id))
      .map((id) => problem(`utterances/${id}.txt`, '', 'the catalogue has nothing of this name')),
    ...Object.keys(city.english)
      .filter((id) => !titled.has(id))
      .map((id) => problem('catalog.en.yaml', id, 'the catalogue has no service or action of this id')),
  ];
}

function areas(city: City): CityProblem[] {
  const services = new Set(city.services.map(({ id }) => id));
  const colonias = new Set(city.places.colonias.features.map(({ properties }) => properties.id));
  const triage = city.triageDepartment;
  const unknown = triage !== undefined && !(triage in city.departments);
  const missing = unknown ? [problem('city.yaml', 'triageDepartment', `there is no department «${triage}»`)] : [];
  const dangling = city.areas.flatMap((area, i) => [
    ...area.services
      .filter((id) => !services.has(id))
      .map((id) => problem('city.yaml', `areas[${i}].services`, `the catalogue has no service «${id}»`)),
    ...area.colonias
      .filter((id) => !colonias.has(id))
      .map((id) => problem('city.yaml', `areas[${i}].colonias`, `there is no colonia «${id}»`)),
    ...(area.department in city.departments
      ? []
      : [problem('city.yaml', `areas[${i}].department`, `there is no department «${area.department}»`)]),
  ]);
  return [...missing, ...dangling];
}

function menus(city: City): CityProblem[] {
  const known = new Set([...city.services, ...city.topics, ...city.actions].map(({ id }) => id));
  return (['menu', 'frequent'] as const).flatMap((list) =>
    city[list].flatMap(({ id }, i) =>
      known.has(id) ? [] : problem('city.yaml', `${list}[${i}].id`, `the catalogue has no «${id}»`),
    ),
  );
}

function queues(city: City): CityProblem[] {
  const ids = new Set(city.queues.map(({ id }) => id));
  const defaults = city.queues.filter(({ isDefault }) => isDefault).length;
  const noQueue = (id: string) => `there is no queue «${id}»`;
  return [
    ...(defaults === 1 ? [] : [problem('queues.yaml', '', `one queue must be isDefault, not ${defaults}`)]),
    ...city.queues.flatMap(({ hours }, i) =>
      emptySpans(hours).map((key) => problem('queues.yaml', `[${i}].hours.${key}`, 'it must end later than it begins')),
    ),
    ...Object.entries(city.handOffTo).flatMap(([about, id]) =>
      ids.has(id) ? [] : problem('city.yaml', `handOffTo.${about}`, noQueue(id)),
    ),
    ...city.operators.flatMap((operator, i) =>
      operator.queues.filter((id) => !ids.has(id)).map((id) => problem('operators.yaml', `[${i}].queues`, noQueue(id))),
    ),
    ...city.cannedReplies.flatMap(({ queueId }, i) =>
      queueId === null || ids.has(queueId) ? [] : problem('canned-replies.yaml', `[${i}].queueId`, noQueue(queueId)),
    ),
  ];
}

function emptySpans(hours: Hours): string[] {
  const spans = [
    ...Object.entries(hours.days).flatMap(([day, spans]) => spans.map((span) => ({ key: `days.${day}`, ...span }))),
    ...hours.exceptions.flatMap(({ date, spans }) => spans.map((span) => ({ key: `exceptions.${date}`, ...span }))),
  ];
  return spans.filter(({ from, to }) => from >= to).map(({ key }) => key);
}

function people(city: City): CityProblem[] {
  const administrators = city.operators.some(({ role }) => role === 'administrator');
  return [
    ...(administrators ? [] : [problem('operators.yaml', '', 'at least one person must be an administrator')]),
    ...city.operators.flatMap(({ departmentId }, i) =>
      departmentId === null || departmentId in city.departments
        ? []
        : problem('operators.yaml', `[${i}].departmentId`, `there is no department «${departmentId}»`),
    ),
  ];
}

function skills(city: City): CityProblem[] {
  const topics = new Set([...city.services, ...city.topics, ...city.actions].map(({ id }) => id));
  const known = new Set(city.skills.map(({ id }) => id));
  const queueIds = new Set(city.queues.map(({ id }) => id));
  return [
    ...repeated(city.skills.map(({ id }) => id)).map((id) => problem('city.yaml', id, 'this skill is given twice')),
    ...city.skills.flatMap(({ kind, neededBy }, i) =>
      neededBy
        .filter((id) => kind === 'topic' && !topics.has(id))
        .map((id) => problem('city.yaml', `skills[${i}].neededBy`, `the catalogue has no «${id}»`)),
    ),
    ...city.operators.flatMap((operator, i) =>
      operator.skills
        .filter((id) => !known.has(id))
        .map((id) => problem('operators.yaml', `[${i}].skills`, `there is no skill «${id}»`)),
    ),
    ...city.queues.flatMap(({ id: own, overflow }, i) =>
      overflow.queueIds
        .filter((id) => id === own || !queueIds.has(id))
        .map((id) => problem('queues.yaml', `[${i}].overflow.queueIds`, `there is no other queue «${id}»`)),
    ),
  ];
}

function replies(city: City): CityProblem[] {
  const known = new Set<string>(cannedVariables);
  return city.cannedReplies.flatMap(({ body }, i) =>
    [...body.matchAll(/\{\{(.*?)\}\}/g)]
      .map(([, name = '']) => name.trim())
      .filter((name) => !known.has(name))
      .map((name) => problem('canned-replies.yaml', `[${i}].body`, `there is no variable «${name}»`)),
  );
}

function phrases(city: City): CityProblem[] {
  return phraseKeys
    .filter((key) => !key.startsWith('danger.') && !(key in city.phrases))
    .map((key) => problem('phrases.yaml', key, 'this sentence is missing'));
}

function place({ timeZone, country }: City): CityProblem[] {
  return [
    ...(IANAZone.isValidZone(timeZone)
      ? []
      : [problem('city.yaml', 'timeZone', `«${timeZone}» is not a time zone, e.g. America/Mexico_City`)]),
    ...(hasCalendar(country)
      ? []
      : [problem('city.yaml', 'country', `there is no calendar of holidays for «${country}», e.g. MX`)]),
  ];
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];
}

function problem(file: string, key: string, message: string): CityProblem {
  return { file, key, message };
}
