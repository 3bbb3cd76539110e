import { setTimeout as pause } from 'node:timers/promises';
import { type Fault, planFaults } from './faults.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { judge, type Verdict } from './judge.ts';
import { createChaosOperator } from './operator.ts';
import { createRandom } from './random.ts';
import { createChaosResident } from './resident.ts';
import { type Backend, openStage, PASSWORD } from './stage.ts';

export interface ChaosOptions {
  seed: number;
  seconds: number;
  backend: Backend;
  residents: number;
  tell(line: string): void;
}

export interface ChaosReport extends Verdict {
  backend: Backend;
  seed: number;
  faults: Fault['kind'][];
  residents: number;
  acknowledged: number;
  tried: number;
  answers: number;
}

/** Residents write and operators answer while things are killed; then everything promised is compared with what is there. */
export async function runChaos({ seed, seconds, backend, residents: crowd, tell }: ChaosOptions): Promise<ChaosReport> {
  const random = createRandom(seed);
  const faults = planFaults(random, seconds);
  tell(`seed ${seed}, jobs on ${backend}: ${faults.map(({ kind }) => kind).join(', ')}`);
  const stage = await openStage(backend);
  const residents = Array.from({ length: crowd }, (_, index) =>
    createChaosResident(stage.url, `resident ${index + 1}`, createRandom(seed + index + 1), index % 3 === 0),
  );
  const operators = ['ana', 'beto'].map((name, index) =>
    createChaosOperator(stage.url, `${name}@veracruz.example.org`, PASSWORD, createRandom(seed + 1_000 + index)),
  );
  const supervisor = createChaosOperator(stage.url, 'elena@veracruz.example.org', PASSWORD, random);
  try {
    let over = false;
    const done = () => over;
    const people = [...residents.map((resident) => resident.write(done)), ...operators.map((one) => one.work(done))];
    for (const { kind, afterMs } of faults) {
      await pause(afterMs);
      tell(`  ${kind}`);
      await stage.strike(kind);
    }
    await pause(2_000);
    over = true;
    await Promise.all(people);
    tell('  quiet; gathering evidence');
    const evidence = await gatherEvidence(stage, residents, operators, supervisor);
    const count = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);
    return {
      backend,
      seed,
      faults: faults.map(({ kind }) => kind),
      residents: residents.length,
      acknowledged: count(residents.map((resident) => resident.acknowledged.length)),
      tried: count(residents.map((resident) => resident.tried.length)),
      answers: evidence.answers.acknowledged.length,
      ...judge(evidence),
    };
  } finally {
    for (const person of [...residents, ...operators, supervisor]) person.close();
    await stage.stop();
  }
}
