import { parseArgs } from 'node:util';
import { type ChaosReport, runChaos } from './run-chaos.ts';
import type { Backend } from './stage.ts';

const MOST_FINDINGS = 20;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seed: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    backend: { type: 'string', default: 'both' },
  },
});
const backends: Record<string, Backend[]> = {
  postgresql: ['postgresql'],
  redis: ['redis'],
  both: ['postgresql', 'redis'],
};
const chosen = backends[values.backend];
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const seconds = Number(values.seconds);
if (!chosen || !Number.isInteger(seed) || !(seconds > 0)) {
  process.stderr.write('npm run chaos -- [--json] [--seed N] [--seconds N] [--backend postgresql|redis|both]\n');
  process.exit(2);
}

const tell = (line: string) => void (values.json || process.stdout.write(`${line}\n`));
const reports: ChaosReport[] = [];
for (const backend of chosen) {
  const report = await runChaos({
    seed,
    seconds: seconds / chosen.length,
    backend,
    residents: 20,
    correspondents: 6,
    texters: 6,
    callers: 6,
    tell,
  });
  reports.push(report);
  tell(`${summary(report)}\n`);
}
const passed = reports.every((report) => report.passed);
if (values.json) process.stdout.write(`${JSON.stringify({ seed, passed, runs: reports })}\n`);
process.exit(passed ? 0 : 1);

function summary(report: ChaosReport): string {
  const {
    said,
    acknowledgements,
    mails,
    texts,
    taken,
    replies,
    sent,
    calls,
    answered,
    stored,
    tickets,
    faults,
    findings,
  } = report;
  const work = `${said} messages acknowledged ${acknowledgements} times, ${mails} mails and ${texts} texts in, ${replies} answers, ${sent} mails and ${taken} texts out, ${calls} calls, ${answered} of them answered, ${tickets} contacts, ${stored} messages stored`;
  if (findings.length === 0) {
    return `PASSED  ${work}, through ${faults.length} faults: each once, in order, and shown so.`;
  }
  const counts = [...Map.groupBy(findings, ({ charge }) => charge)].map(
    ([charge, { length }]) => `${charge} ${length}`,
  );
  const examples = findings.slice(0, MOST_FINDINGS).map(({ charge, what }) => `    ${charge}: ${what}`);
  return [`FAILED  ${counts.join(', ')}  (${work}, through ${faults.length} faults)`, ...examples].join('\n');
}
