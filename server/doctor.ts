import { checkMailbox } from '../channels/email/check-mailbox.ts';
import { accountChecks, doorsOf } from '../channels/index.ts';
import type { Finding } from './contract/messaging.ts';
import { type Checks, examine } from './doctor/examine.ts';
import type { Section } from './doctor/section.ts';

const MARKS = { good: '✓', bad: '✗', unknown: '?' } as const;

/** What asks providers and mail servers, for the command and for the console alike. */
export const checks: Checks = {
  accounts: accountChecks,
  mailbox: checkMailbox,
  doors: (accounts) => [...new Set([...accounts.values()].flatMap((account) => doorsOf(account)))],
};

/**
 * `npm run doctor`: what is set up, what is missing and where it is mended, in the order in which it is needed.
 * @param env absent: the process's, with `.env`
 * @returns 1 when something is missing, else 0
 */
export async function runDoctor(env: NodeJS.ProcessEnv | undefined, write: (text: string) => void): Promise<0 | 1> {
  const findings: Finding[] = [];
  for await (const section of examine(env, checks)) {
    write(linesOf(section));
    findings.push(...section.findings);
  }
  const count = (wanted: Finding['verdict']) => findings.filter(({ verdict }) => verdict === wanted).length;
  write(`\n${summary(count('bad'), count('unknown'))}\n`);
  return count('bad') === 0 ? 0 : 1;
}

function summary(missing: number, unsure: number): string {
  if (missing > 1) return `Faltan ${missing} cosas: están marcadas con ✗.`;
  if (missing === 1) return 'Falta una cosa: está marcada con ✗.';
  return unsure > 0
    ? 'No falta nada indispensable. Lo marcado con ? no está conectado o pide tu atención.'
    : 'No falta nada.';
}

function linesOf({ title, findings }: Section): string {
  const lines = findings.flatMap(({ verdict, what, remedy }) => [
    `  ${MARKS[verdict]} ${what}`,
    ...(remedy ? [`    → ${remedy}`] : []),
  ]);
  return `\n${title}\n${lines.join('\n')}\n`;
}

if (import.meta.main) process.exitCode = await runDoctor(undefined, (text) => void process.stdout.write(text));
