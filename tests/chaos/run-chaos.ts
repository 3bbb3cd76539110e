import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../support/until.ts';
import { createChaosCaller } from './caller.ts';
import { createChaosCorrespondent } from './correspondent.ts';
import { type Fault, planFaults } from './faults.ts';
import type { Finding } from './finding.ts';
import { gatherEvidence, isQuiet } from './gather-evidence.ts';
import { judge } from './judge.ts';
import { createChaosOperator } from './operator.ts';
import { createRandom } from './random.ts';
import { createChaosResident } from './resident.ts';
import { type Backend, openStage, PASSWORD } from './stage.ts';
import { createChaosTexter } from './texter.ts';

export interface ChaosOptions {
  seed: number;
  seconds: number;
  backend: Backend;
  residents: number;
  /** People who write mails: half of them into mailboxes, half by the inlet. */
  correspondents: number;
  /** People who text: half of them by SMS, half by WhatsApp. */
  texters: number;
  /** People who call the line. */
  callers: number;
  tell(line: string): void;
}

export interface ChaosReport {
  backend: Backend;
  seed: number;
  faults: Fault['kind'][];
  /** Messages of residents, and acknowledgements of them: some are sent more than once. */
  said: number;
  acknowledgements: number;
  replies: number;
  /** Mails of residents, and those that left. */
  mails: number;
  sent: number;
  /** Texts of residents, and those that left. */
  texts: number;
  taken: number;
  /** Calls that the line took, and those of them in which a person was on it. */
  calls: number;
  answered: number;
  stored: number;
  tickets: number;
  passed: boolean;
  findings: Finding[];
}

/** Residents write and operators answer while things are killed; then what was promised is compared with what is there. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const {
    seed,
    seconds,
    backend,
    residents: crowd,
    correspondents: writers,
    texters: fingers,
    callers: voices,
    tell,
  } = options;
  const random = createRandom(seed);
  const faults = planFaults(random, seconds);
  tell(`seed ${seed}, jobs on ${backend}: ${faults.map(({ kind }) => kind).join(', ')}`);
  const stage = await openStage(backend);
  const residents = Array.from({ length: crowd }, (_, index) =>
    createChaosResident(stage.url, `resident ${index + 1}`, createRandom(seed + index + 1)),
  );
  const correspondents = Array.from({ length: writers }, (_, index) =>
    createChaosCorrespondent(
      `writer.${index + 1}`,
      { ...stage, way: index % 2 ? 'inlet' : 'mailbox' },
      createRandom(seed + 500 + index),
    ),
  );
  const texters = Array.from({ length: fingers }, (_, index) =>
    createChaosTexter(
      { ...stage, way: index % 2 ? 'sms' : 'whatsapp', number: `229123${String(index).padStart(4, '0')}` },
      createRandom(seed + 700 + index),
    ),
  );
  const callers = Array.from({ length: voices }, (_, index) =>
    createChaosCaller(stage.telephones, `+52229456${String(index).padStart(4, '0')}`, createRandom(seed + 900 + index)),
  );
  const operators = ['ana', 'beto', 'carmen'].map((name, index) =>
    createChaosOperator(
      stage.url,
      `${name}@veracruz.example.org`,
      PASSWORD,
      createRandom(seed + 1_000 + index),
      stage.telephones.headset,
    ),
  );
  const supervisor = createChaosOperator(stage.url, 'elena@veracruz.example.org', PASSWORD, random);
  const begun = performance.now();
  const note = (what: string) => tell(`${((performance.now() - begun) / 1_000).toFixed(1).padStart(6)} s  ${what}`);
  try {
    let written = false;
    let quiet = false;
    const writing = [
      ...[...residents, ...correspondents, ...texters].map((person) => person.write(() => written)),
      ...callers.map((person) => person.call(() => written)),
    ];
    const working = operators.map((operator) =>
      operator.work(
        () => quiet,
        () => written,
      ),
    );
    for (const fault of faults) {
      await pause(fault.afterMs);
      note(fault.kind);
      await stage.strike(fault);
    }
    await pause(1_000);
    note('the last words');
    written = true;
    await Promise.all(writing);
    note('the desk empties');
    // What is not done by then never will be: the judge says what.
    await until(() => isQuiet(stage), { timeout: 90_000 }).catch(() => {});
    quiet = true;
    await Promise.all(working);
    note('the evidence');
    const evidence = await gatherEvidence(stage, residents, correspondents, texters, callers, operators, supervisor);
    const findings = judge(evidence);
    return {
      backend,
      seed,
      faults: faults.map(({ kind }) => kind),
      said: evidence.residents.reduce((sum, { said }) => sum + said.length, 0),
      acknowledgements: evidence.residents.reduce((sum, { said }) => sum + said.flatMap(({ acks }) => acks).length, 0),
      replies: evidence.replies.length,
      mails: evidence.mails.length,
      sent: evidence.sent.length,
      texts: evidence.texts.length,
      taken: evidence.taken.length,
      calls: evidence.calls.length,
      answered: evidence.calls.filter(({ answeredAt }) => answeredAt !== null).length,
      stored: evidence.stored.length,
      tickets: evidence.tickets.length,
      passed: findings.length === 0,
      findings,
    };
  } finally {
    for (const person of [...residents, ...operators, supervisor]) person.close();
    await stage.stop();
  }
}
