import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface RunningProcess {
  pid: number;
  /** Everything it wrote so far, both streams. */
  output(): string;
  hasEnded(): boolean;
  /** Sends the signal and waits for the end. Does nothing to a process that has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
  /** Waits for it to end by itself. */
  exit(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts a program that dies with this process at the latest, so that an aborted run leaves nothing behind. */
export async function startProcess(file: string, args: string[], options: SpawnOptions): Promise<RunningProcess> {
  const child: ChildProcess = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const killWithUs = () => child.kill('SIGKILL');
  const ended = once(child, 'exit').then(([code, signal]) => {
    process.off('exit', killWithUs);
    return { code, signal };
  });
  process.once('exit', killWithUs);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  await once(child, 'spawn');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    output: () => output,
    hasEnded,
    end: async (signal) => {
      if (!hasEnded()) child.kill(signal);
      await ended;
    },
    exit: () => ended,
  };
}
