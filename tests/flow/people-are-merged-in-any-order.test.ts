import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mergeCitizens } from '../../server/citizens/merge-citizens.ts';
import { undoMerge } from '../../server/citizens/undo-merge.ts';
import { AppError } from '../../server/contract/errors.ts';
import { api } from '../../server/contract/routes.ts';
import { aContact, type Contact, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre({ settings: { CHAT_CONNECTIONS_PER_ADDRESS: 2_000 } });
  ana = await centre.operator('ana');
});
afterAll(() => centre?.stop());

const PEOPLE = 5;
const who = fc.nat({ max: PEOPLE - 1 });
const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('merge' as const), kept: who, other: who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('comesBack' as const), person: who }) },
);

test('whatever is joined and parted, everything is somebody’s, and in the end each has what was theirs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 14 }), fc.infiniteStream(fc.nat()), async (commands, order) => {
      const people = await aStreet();
      const ids = people.map(({ id }) => id);
      const beginning = await belongings(ids);
      for (const next of commands) {
        if (next.do === 'comesBack') await comesBack(people[next.person] as Person);
        if (next.do === 'merge') await join(ids[next.kept] as string, ids[next.other] as string);
        if (next.do === 'undo') await part(ids, next.which);
        await isSound(ids);
      }
      for (const which of order) {
        if (!(await part(ids, which))) break;
        await isSound(ids);
      }
      expect(await belongings(ids)).toEqual(beginning);
    }),
    { numRuns: 20 },
  );
}, 240_000);

interface Person extends Contact {
  id: string;
}

/** People of whom different things are known, with cases that they filed and follow. */
async function aStreet(): Promise<Person[]> {
  const known = [
    {},
    { name: 'Beatriz', phone: '+522291000001' },
    { phone: '+522291000002', about: 'Vecina' },
    { name: 'Darío', email: 'dario@example.org' },
    { email: 'eva@example.org', about: 'Llama por las tardes' },
  ];
  const people: Person[] = [];
  for (const body of known) {
    const contact = await aContact(centre);
    const { id } = (await ana.open(contact.ticketId)).citizen;
    await ana.call(api.updateCitizen, { params: { id }, body });
    people.push({ ...contact, id });
  }
  const filed = await opens(ana, { ticketId: people[1]?.ticketId });
  const also = await opens(ana, { ticketId: people[3]?.ticketId });
  const follow = (id: string, numbers: number[]) =>
    Promise.all(
      numbers.map((at) =>
        ana.call(api.followCaseFor, { params: { id }, body: { ticketId: people[at]?.ticketId ?? '' } }),
      ),
    );
  await follow(filed.id, [0, 2, 3, 4]);
  await follow(also.id, [1, 2]);
  return people;
}

const actor = () => ana.session.operator;
const db = () => centre.server.context.database.db;

async function join(kept: string, other: string): Promise<void> {
  try {
    await centre.server.context.unitOfWork((unit) => mergeCitizens(unit, actor(), kept, other));
  } catch (error) {
    // Somebody with themselves, or somebody who is part of another by now.
    if (!(error instanceof AppError) || !['invalid_input', 'conflict'].includes(error.code)) throw error;
  }
}

/** Undoes one of the merges that stand. @returns whether there was any */
async function part(ids: readonly string[], which: number): Promise<boolean> {
  const standing = await db()
    .selectFrom('citizen_merge')
    .select('id')
    .where('merged_id', 'in', [...ids])
    .where('undone_at', 'is', null)
    .orderBy('id')
    .execute();
  const chosen = standing[which % standing.length];
  if (!chosen) return false;
  await centre.server.context.unitOfWork((unit) => undoMerge(unit, actor(), chosen.id));
  return true;
}

async function comesBack({ resident }: Person): Promise<void> {
  await resident.ask('end');
  await resident.say('Otra vez yo');
}

/** Nothing belongs to somebody who is part of another, and a contact to whoever its conversation does. */
async function isSound(ids: readonly string[]): Promise<void> {
  const owners = await db()
    .selectFrom('conversation as c')
    .innerJoin('citizen as p', 'p.id', 'c.citizen_id')
    .leftJoin('ticket as t', 't.conversation_id', 'c.id')
    .select(['c.id', 'c.citizen_id', 'p.merged_into', 't.citizen_id as ticket_citizen'])
    .where('c.citizen_id', 'in', [...ids])
    .execute();
  expect(new Set(owners.map(({ id }) => id)).size).toBe(PEOPLE);
  for (const owner of owners) {
    expect(owner.merged_into).toBeNull();
    expect(owner.ticket_citizen).toBe(owner.citizen_id);
  }
  const { identities, follows, cases, people } = await belongings(ids);
  const living = new Set(people.flatMap(({ id, merged_into }) => (merged_into ? [] : id)));
  for (const { citizen_id } of [...identities, ...follows, ...cases]) expect(living).toContain(citizen_id);
  for (const { id, citizen_id, followers } of cases) {
    const counted = new Set(follows.filter(({ case_id }) => case_id === id).map((follow) => follow.citizen_id));
    counted.delete(citizen_id ?? '');
    expect(followers).toBe(counted.size);
  }
}

async function belongings(ids: readonly string[]) {
  const [people, identities, conversations, cases, follows] = await Promise.all([
    db()
      .selectFrom('citizen')
      .select(['id', 'name', 'email', 'phone', 'about', 'merged_into'])
      .where('id', 'in', [...ids])
      .orderBy('id')
      .execute(),
    db()
      .selectFrom('identity')
      .select(['id', 'citizen_id'])
      .where('citizen_id', 'in', [...ids])
      .orderBy('id')
      .execute(),
    db()
      .selectFrom('conversation')
      .select(['id', 'citizen_id'])
      .where('citizen_id', 'in', [...ids])
      .orderBy('id')
      .execute(),
    db()
      .selectFrom('service_case')
      .select(['id', 'citizen_id', 'followers'])
      .where('citizen_id', 'in', [...ids])
      .orderBy('id')
      .execute(),
    db()
      .selectFrom('case_follower')
      .select(['case_id', 'id', 'citizen_id'])
      .where('citizen_id', 'in', [...ids])
      .orderBy('case_id')
      .orderBy('id')
      .execute(),
  ]);
  return { people, identities, conversations, cases, follows };
}
