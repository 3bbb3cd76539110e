import type { ServerProcess } from '../../support/server-process.ts';
import { bareJobsPerSecond } from '../floors/bare-jobs.ts';
import { type Load, rate } from '../measure.ts';
import type { Row } from '../report.ts';
import { disconnect, openResidents } from '../residents.ts';
import type { Stage } from '../stage.ts';

const SOCKETS = 100;
const QUESTIONS = [
  '¿Dónde puedo pagar el predial?',
  '¿Qué necesito para un acta de nacimiento?',
  'Hola, buenas tardes',
];

export async function botTurns(stage: Stage, server: ServerProcess, load: Load): Promise<Row> {
  const floor = await bareJobsPerSecond(stage, load);
  const residents = await openResidents(server.url, SOCKETS);
  let count = 0;
  const value = await rate(SOCKETS, load, async (worker) => {
    count += 1;
    await residents[worker]?.ask(QUESTIONS[count % QUESTIONS.length] ?? '');
  });
  disconnect(residents);
  return {
    id: 'bot_turns_per_second',
    what: "Resident's message → bot's reply back at the socket",
    value,
    unit: '/s',
    floor: {
      value: floor,
      what: `bare BullMQ on ${stage.redisUrl ? 'Redis' : 'PostgreSQL'}, one job a message added and processed`,
    },
    target: { atLeast: 0.3 },
  };
}
