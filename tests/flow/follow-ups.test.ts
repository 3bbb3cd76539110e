import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSeconds } from '../../server/clock.ts';
import type { FollowUp, FollowUpScope, FollowUpState } from '../../server/contract/follow-up.ts';
import { api } from '../../server/contract/routes.ts';
import { GRACE_SECONDS } from '../../server/follow-ups/due-follow-ups.ts';
import { aContact, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.stop());

const HOUR = 3_600;

describe.each(['PostgreSQL', 'Redis'])('with jobs on %s', (store) => {
  let centre: ContactCentre;
  let elena: OperatorClient;
  let beto: OperatorClient;

  beforeAll(async () => {
    centre = await startCaseCentre(store === 'Redis' ? { settings: { REDIS_URL: redis.url } } : {});
    [elena, beto] = await Promise.all([centre.operator('elena'), centre.operator('beto')]);
  });
  afterAll(() => centre?.stop());

  const inSeconds = (seconds: number) => addSeconds(centre.clock.now(), seconds).toISOString();
  const listed = (who: OperatorClient, scope: FollowUpScope, state: FollowUpState) =>
    who.call(api.listFollowUps, { query: { scope, state } });
  const idsOf = async (who: OperatorClient, scope: FollowUpScope, state: FollowUpState) =>
    (await listed(who, scope, state)).followUps.map(({ id }) => id);

  /** A contact in Beto's queue that he holds. */
  async function held(): Promise<string> {
    const { ticketId } = await aContact(centre);
    await beto.call(api.takeTicket, { params: { id: ticketId } });
    return ticketId;
  }
  const promise = (
    who: OperatorClient,
    about: { ticketId?: string; caseId?: string },
    to: { operatorId?: string; queueId?: string },
    seconds = HOUR,
  ): Promise<FollowUp> =>
    who.call(api.createFollowUp, {
      body: { id: randomUUID(), ...about, dueAt: inSeconds(seconds), note: 'Preguntar si ya pasó la cuadrilla', ...to },
    });

  test('it is listed, told when it is due, done, taken back and put off', async () => {
    const ticketId = await held();
    const made = await promise(beto, { ticketId }, { operatorId: beto.id });
    expect(made).toMatchObject({
      ticket: { id: ticketId },
      operator: { name: 'Beto Cruz' },
      queueId: null,
      done: null,
    });
    expect(await listed(beto, 'mine', 'later')).toMatchObject({
      followUps: [{ id: made.id }],
      counts: { mine: { due: 0, later: 1 } },
    });

    const before = beto.heard('follow-ups').length;
    centre.clock.advance(HOUR + 1);
    await until(() => beto.heard('follow-ups').length > before, { what: 'word that it is due' });
    expect(await listed(beto, 'mine', 'due')).toMatchObject({
      followUps: [{ id: made.id }],
      counts: { mine: { due: 1, later: 0 } },
    });

    const params = { id: made.id };
    expect(await beto.call(api.finishFollowUp, { params })).toMatchObject({ done: { by: 'Beto Cruz' } });
    expect(await idsOf(beto, 'mine', 'done')).toEqual([made.id]);
    expect(await beto.call(api.reopenFollowUp, { params })).toMatchObject({ done: null });
    await beto.call(api.changeFollowUp, { params, body: { dueAt: inSeconds(HOUR) } });
    expect(await idsOf(beto, 'mine', 'later')).toEqual([made.id]);
    const { events } = await beto.open(ticketId);
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['follow_up_set', 'follow_up_done']));
    expect(JSON.stringify(events)).not.toContain('cuadrilla');
    await beto.call(api.removeFollowUp, { params });
  });

  test('of somebody who is not there it falls to the queue as well, after a while', async () => {
    const ticketId = await held();
    const carmen = (await beto.call(api.listOperators)).find(({ name }) => name === 'Carmen Lara')?.id ?? '';
    const { id } = await promise(beto, { ticketId }, { operatorId: carmen });
    centre.clock.advance(HOUR + 1);
    await until(
      async () => (await elena.call(api.listFollowUps, { query: { ticketId } })).followUps[0]?.version === 2,
      {
        what: 'the reconciler to see that it is due',
      },
    );
    expect(await idsOf(beto, 'queues', 'due')).not.toContain(id);
    centre.clock.advance(GRACE_SECONDS);
    await until(async () => (await idsOf(beto, 'queues', 'due')).includes(id), { what: 'it to fall to the queue' });
    expect((await listed(beto, 'queues', 'due')).followUps.find((each) => each.id === id)).toMatchObject({
      operator: { name: 'Carmen Lara' },
      queueId: 'general',
    });
    await beto.call(api.finishFollowUp, { params: { id } });
  });

  test('of somebody who left it falls to the queue at once', async () => {
    const ticketId = await held();
    const fernando = await centre.operator('fernando');
    const dan = (await beto.call(api.listOperators)).find(({ name }) => name === 'Dan Wilson')?.id ?? '';
    const { id } = await promise(beto, { ticketId }, { operatorId: dan });
    await fernando.call(api.updateOperator, { params: { id: dan }, body: { disabled: true } });
    centre.clock.advance(HOUR + 1);
    await until(async () => (await idsOf(beto, 'queues', 'due')).includes(id), { what: 'it to fall to the queue' });
    await fernando.call(api.updateOperator, { params: { id: dan }, body: { disabled: false } });
    expect(await beto.refused(api.createFollowUp, { body: bodyFor(ticketId, 'nobody') })).toMatchObject({
      status: 404,
    });
  });

  test('what is protected is promised by, for and to people with the grant alone', async () => {
    const ticketId = await held();
    const own = await promise(beto, { ticketId }, { operatorId: beto.id });
    await elena.call(api.transferTicket, { params: { id: ticketId }, body: { queueId: 'mujeres' } });
    expect(await idsOf(beto, 'mine', 'later')).not.toContain(own.id);
    expect(await beto.refused(api.finishFollowUp, { params: { id: own.id } })).toMatchObject({ status: 404 });
    expect(await elena.refused(api.createFollowUp, { body: bodyFor(ticketId, beto.id) })).toMatchObject({
      code: 'follow_up_unseen',
    });
    expect(await promise(elena, { ticketId }, { queueId: 'mujeres' })).toMatchObject({ queueId: 'mujeres' });
    centre.clock.advance(HOUR + 1);
    await until(async () => (await idsOf(elena, 'queues', 'due')).includes(own.id), {
      what: 'what Beto may not see any more to be found by those who may',
    });
  });

  test('asked for twice it is one; one about a case is everybody’s who may see it', async () => {
    const ticketId = await held();
    const body = bodyFor(ticketId, beto.id);
    const [first, second] = await Promise.all([
      beto.call(api.createFollowUp, { body }),
      beto.call(api.createFollowUp, { body }),
    ]);
    expect(second.id).toBe(first.id);
    expect((await beto.call(api.listFollowUps, { query: { ticketId } })).followUps).toHaveLength(1);
    expect(
      await beto.refused(api.createFollowUp, { body: { ...body, id: randomUUID(), dueAt: inSeconds(-60) } }),
    ).toMatchObject({ code: 'invalid_input' });

    const found = await opens(elena);
    const made = await promise(elena, { caseId: found.id }, { queueId: 'servicios' });
    expect(made).toMatchObject({ case: { folio: found.folio }, ticket: null });
    expect(await idsOf(beto, 'queues', 'later')).toContain(made.id);

    await beto.call(api.finishFollowUp, { params: { id: made.id } });
    const { events } = await elena.call(api.openCase, { params: { id: found.id } });
    expect(events.map(({ type, actor }) => [type, actor.name]).slice(-2)).toEqual([
      ['follow_up_set', 'Elena Mora'],
      ['follow_up_done', 'Beto Cruz'],
    ]);
    expect(events.every(({ data }) => !('note' in data))).toBe(true);
  });

  const bodyFor = (ticketId: string, operatorId: string) => ({
    id: randomUUID(),
    ticketId,
    dueAt: inSeconds(HOUR),
    note: '',
    operatorId,
  });
});
