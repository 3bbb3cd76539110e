import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Board, BoardState } from '../../server/contract/board.ts';
import { serviceLevel, sumCells } from '../../server/contract/board-figures.ts';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { type OperatorClient, openConsoleSocket } from '../support/operator-client.ts';
import { logQueries } from '../support/query-log.ts';
import { until } from '../support/until.ts';
import { waitingResident } from '../support/waiting-resident.ts';

let centre: ContactCentre;
let elena: OperatorClient;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre();
  [elena, ana] = (await Promise.all([centre.operator('elena'), centre.operator('ana')])) as [
    OperatorClient,
    OperatorClient,
  ];
});

afterAll(async () => {
  await centre?.stop();
});

const board = (): Promise<Board> => elena.call(api.board);
const general = ({ cells }: Pick<BoardState, 'cells'>) =>
  sumCells(cells.filter(({ queueId }) => queueId === 'general'));

async function watch({ socket }: Pick<OperatorClient, 'socket'>): Promise<BoardState> {
  const answer = await socket.timeout(20_000).emitWithAck('board.watch');
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.state;
}

/** The board as it was pushed, once it is as expected. */
const shows = (what: string, isSo: (state: BoardState) => boolean): Promise<BoardState> =>
  until(() => elena.heard('board').findLast(isSo) ?? null, { what });

test('whoever watches sees the queue build up and be served; the same state answers the first look', async () => {
  const first = await watch(elena);
  expect(general(first)).toMatchObject({ waiting: 0, inConversation: 0 });

  await waitingResident(centre, 'Rosa López');
  const built = await shows('somebody waiting', (state) => general(state).waiting === 1);
  expect(built.cells.find(({ queueId }) => queueId === 'general')).toMatchObject({ channel: 'chat', waiting: 1 });
  expect(built.alerts).toContainEqual(expect.objectContaining({ kind: 'nobody', queueId: 'general', waiting: 1 }));

  await ana.available();
  await ana.accepts();
  const served = await shows('an answer within the promise', (state) => general(state).today.answered === 1);
  expect(general(served)).toMatchObject({ waiting: 0, inConversation: 1, recent: { answered: 1, inTime: 1 } });
  expect(serviceLevel(general(served).today)).toBe(1);
  expect(served.alerts.filter(({ kind }) => kind === 'nobody')).toEqual([]);
  expect(served.contacts.opened).toBe(1);
  expect(served.line.opened.at(-1)).toBe(1);

  const { operators, ...state } = await board();
  expect(general(state)).toMatchObject({ inConversation: 1 });
  expect(operators.find(({ operator }) => operator.id === ana.id)).toMatchObject({
    presence: { status: 'available', held: 1 },
    operator: { queueIds: expect.arrayContaining(['general']) },
  });
});

test('operators see no board, by neither way', async () => {
  expect(await ana.refused(api.board)).toMatchObject({ status: 403 });
  expect(await ana.socket.timeout(20_000).emitWithAck('board.watch')).toMatchObject({ ok: false });
});

test('fifty who watch cost the database what one does; when nobody watches nothing is counted', async () => {
  const LOOK = /answered_at > \$/;
  const HEARTBEAT = /update "presence"/;
  const OURS = /contact_fact|queue_limit|announcement|incident/;
  const queries = logQueries(centre.server.context.database);
  /** How many queries it takes for the board to be counted so many times. */
  const costOf = async (looks: number): Promise<number> => {
    const [before, cost] = [queries.count(LOOK), queries.count(OURS)];
    await until(() => queries.count(LOOK) >= before + looks, { what: `${looks} looks at the figures` });
    return queries.count(OURS) - cost;
  };
  const ofOne = await costOf(6);
  const others = Array.from({ length: 49 }, () => openConsoleSocket(centre.url, elena.cookie));
  await Promise.all(others.map((socket) => watch({ socket })));
  const ofFifty = await costOf(6);
  // What moves slowly falls into one stretch or the next.
  expect(ofFifty).toBeLessThanOrEqual(ofOne + 10);

  for (const other of others) other.disconnect();
  elena.socket.emit('board.unwatch');
  // A few heartbeats of those who are still there, half a second each, and no look but one that was under way.
  const [looks, beats] = [queries.count(LOOK), queries.count(HEARTBEAT)];
  await until(() => queries.count(HEARTBEAT) >= beats + 8, { what: 'a few seconds' });
  expect(queries.count(LOOK) - looks).toBeLessThanOrEqual(1);
  queries.stop();
  await watch(elena);
});

test('limits are stored, judged at once, and set back; who changed them is in the log', async () => {
  await ana.away();
  const params = { id: 'general' };
  const { limits } = (await board()).limits.find(({ queueId }) => queueId === 'general') ?? {};
  if (!limits) throw new Error('no limits');
  const wrong = { ...limits, waiting: { warning: 5, alarm: 2 } };
  expect(await elena.refused(api.saveLimits, { params, body: wrong })).toMatchObject({ code: 'invalid_input' });

  await elena.call(api.saveLimits, { params, body: { ...limits, waiting: { warning: 1, alarm: 2 } } });
  await waitingResident(centre, 'Luis Pérez');
  const warned = await shows('a warning', ({ alerts }) =>
    alerts.some((alert) => alert.kind === 'limit' && alert.figure === 'waiting'),
  );
  expect(warned.alerts).toContainEqual(
    expect.objectContaining({ kind: 'limit', figure: 'waiting', severity: 'warning', value: 1, limit: 1, ring: false }),
  );
  expect(await elena.call(api.resetLimits, { params })).toMatchObject({ limits, usual: true });
  const admin = await centre.operator('fernando');
  const { entries } = await admin.call(api.listAudit);
  expect(entries.filter(({ action }) => action === 'limits.updated')).toHaveLength(2);
});

test('contacts that wait are moved and moved back, with the clock they had', async () => {
  const { tickets } = await elena.call(api.listTickets, { query: { view: 'waiting' } });
  const [waiting] = tickets;
  if (!waiting) throw new Error('nobody waits');
  const move = await elena.call(api.moveWaiting, { body: { from: 'general', to: 'tramites' } });
  expect(move.moved).toBe(tickets.length);
  const there = await elena.ticketBecomes(waiting.id, { queueId: 'tramites', state: 'waiting' });
  expect(there.clockAt).toBe(waiting.clockAt);

  expect(await elena.call(api.undoMove, { params: { id: move.id } })).toMatchObject({ moved: tickets.length });
  const back = await elena.ticketBecomes(waiting.id, { queueId: 'general', state: 'waiting' });
  expect(back.clockAt).toBe(waiting.clockAt);
  expect(await elena.refused(api.undoMove, { params: { id: move.id } })).toMatchObject({ code: 'wrong_state' });
});

test('people serve other queues at once, and what waited there is offered to them', async () => {
  const move = await elena.call(api.moveWaiting, { body: { from: 'general', to: 'tramites' } });
  expect(move.moved).toBeGreaterThan(0);
  const dan = await centre.operator('dan');
  await dan.available();
  await elena.call(api.setOperatorQueues, { params: { id: dan.id }, body: { queueIds: ['tramites'] } });
  expect((await dan.offered()).ticket.queueId).toBe('tramites');
  const { operators } = await board();
  expect(operators.find(({ operator }) => operator.id === dan.id)?.operator.queueIds).toEqual(['tramites']);
});
