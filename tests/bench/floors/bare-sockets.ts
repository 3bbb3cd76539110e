import path from 'node:path';
import { startProcess } from '../../support/child-process.ts';
import { until } from '../../support/until.ts';

/** Bare Socket.IO in a process of its own. */
export interface BareSockets {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

export async function startBareSockets(): Promise<BareSockets> {
  const file = path.join(import.meta.dirname, 'bare-socket-server.ts');
  const server = await startProcess(process.execPath, [file], {});
  const port = await until(() => /^(\d+)\n/.exec(server.output())?.[1], { what: 'the bare Socket.IO server' });
  return { url: `http://127.0.0.1:${port}`, pid: server.pid, stop: () => server.end('SIGTERM') };
}
