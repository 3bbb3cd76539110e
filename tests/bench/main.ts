import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { figures } from './figures.ts';
import { lists } from './lists.ts';
import type { Load } from './measure.ts';
import { judge, type Row, tableOf } from './report.ts';
import { acknowledgedMessages } from './rows/acknowledged-messages.ts';
import { botTurns } from './rows/bot-turns.ts';
import { emails } from './rows/emails.ts';
import { idleConnections } from './rows/idle-connections.ts';
import { pageWeights } from './rows/page-weights.ts';
import { shownToOperator } from './rows/shown-to-operator.ts';
import { start } from './rows/start.ts';
import { type Backend, openStage, type Stage } from './stage.ts';

const load: Load = { warmUp: 3, seconds: 8 };

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    backend: { type: 'string', default: 'postgresql' },
    only: { type: 'string' },
  },
});
if (options.backend !== 'postgresql' && options.backend !== 'redis') {
  process.stderr.write('--backend postgresql|redis\n');
  process.exit(2);
}
const alone = { lists, figures };
if (options.only !== undefined && !(options.only in alone)) {
  process.stderr.write(`--only ${Object.keys(alone).join('|')}\n`);
  process.exit(2);
}
const backend: Backend = options.backend;
const tell = (line: string) => void (options.json || process.stderr.write(`${line}\n`));

const stage = await openStage(backend);
try {
  const rows = (await (options.only ? alone[options.only as keyof typeof alone](stage, tell) : measure(stage))).map(
    judge,
  );
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ machine, backend, rows })}\n`
      : `\n${machine}, jobs on ${backend}\n\n${tableOf(rows)}\n`,
  );
} finally {
  await stage.close();
}

async function measure(stage: Stage): Promise<Row[]> {
  const rows: Row[] = [];
  const busy = await stage.startServer();
  try {
    for (const [what, row] of [
      ['messages acknowledged', acknowledgedMessages],
      ['bot turns', botTurns],
      ['shown to the operator', shownToOperator],
    ] as const) {
      tell(`measuring: ${what}`);
      rows.push(await row(stage, busy, load));
    }
    tell('measuring: e-mails');
    rows.push(await emails(busy, load));
  } finally {
    await busy.stop();
  }
  tell('measuring: idle connections');
  const fresh = await stage.startServer();
  try {
    rows.push(await idleConnections(fresh));
  } finally {
    await fresh.stop();
  }
  rows.push(...(await pageWeights()));
  tell('measuring: start');
  await stage.releaseData();
  rows.push(...(await start(stage.dataDir, stage.redisUrl)));
  return rows;
}
