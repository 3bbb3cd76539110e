import path from 'node:path';
import { freePort } from '../../server/database/free-port.ts';
import { type RunningProcess, startProcess } from './child-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface ServerProcess {
  /** `http://127.0.0.1:PORT`, no slash at the end. */
  url: string;
  port: number;
  pid: number;
  dataDir: string;
  logs(): string;
  /** Without a word of warning, as a crash or the kernel would. */
  kill(): Promise<void>;
  /** Gracefully, then removes the data folder if it was made for this server. */
  stop(): Promise<void>;
}

export interface ServerProcessOptions {
  /** Settings of the server, beside its defaults. `DATABASE_URL` from `createDatabase()` unless embedded is meant. */
  env?: Record<string, string>;
  /** To start on the address of a server that was killed. */
  port?: number;
  /** Milliseconds until `/readyz` has to be content. */
  timeout?: number;
}

/** Runs the real program, `node server/main.ts`, and returns once it is ready. Throws with its log when it is not. */
export async function startServerProcess(options: ServerProcessOptions = {}): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const ownFolder = options.env?.DATA_DIR ? null : await temporaryFolder('server');
  const dataDir = options.env?.DATA_DIR ?? ownFolder?.path ?? '';
  const server = await runServer({ HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir, ...options.env });
  try {
    await untilReady(server, url, options.timeout ?? 60_000);
  } catch (error) {
    await server.end('SIGKILL');
    throw error;
  }
  return {
    url,
    port,
    pid: server.pid,
    dataDir,
    logs: server.output,
    kill: () => server.end('SIGKILL'),
    stop: async () => {
      await server.end('SIGTERM');
      await ownFolder?.remove();
    },
  };
}

/** Runs the program without waiting for it: for starts that are refused. */
export function runServer(env: Record<string, string>): Promise<RunningProcess> {
  return startProcess(process.execPath, ['server/main.ts'], { cwd: root, env: { ...cleanEnvironment(), ...env } });
}

async function untilReady(server: RunningProcess, url: string, timeout: number): Promise<void> {
  const ready = async () => server.hasEnded() || (await fetch(`${url}/readyz`)).ok;
  await until(ready, { timeout, what: `${url}/readyz` }).catch((cause) => {
    throw new Error(`The server was not ready in ${timeout} ms:\n${server.output()}`, { cause });
  });
  if (server.hasEnded()) throw new Error(`The server ended at its start:\n${server.output()}`);
}

/** Only what any program needs: neither the test runner's variables nor settings of whoever runs the tests. */
function cleanEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ'];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
