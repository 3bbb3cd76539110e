import { parseArgs } from 'node:util';
import { type ChaosReport, runChaos } from './run-chaos.ts';
import type { Backend } from './stage.ts';

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
  const report = await runChaos({ seed, seconds: seconds / chosen.length, backend, residents: 20, tell });
  reports.push(report);
  tell(sentence(report));
}
const passed = reports.every((report) => report.passed);
if (values.json) process.stdout.write(`${JSON.stringify({ seed, passed, runs: reports })}\n`);
process.exit(passed ? 0 : 1);

function sentence(report: ChaosReport): string {
  const { acknowledged, answers, faults, lost, doubled, outOfOrder, gaps, shownOtherwise, unanswered, badOffers } =
    report;
  return `${report.passed ? 'PASSED' : 'FAILED'}: ${acknowledged} messages and ${answers} answers acknowledged through ${faults.length} faults; lost ${lost}, doubled ${doubled}, out of order ${outOfOrder}, gaps ${gaps}, shown otherwise ${shownOtherwise}, unanswered ${unanswered}, bad offers ${badOffers}${report.findings.map((finding) => `\n    ${finding}`).join('')}`;
}
