import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

export interface CuttingProxy {
  port: number;
  /** How often it cut. */
  cuts(): number;
  stop(): Promise<void>;
}

/**
 * Passes connections on to a port of this machine, and cuts them.
 * @param patience bytes that each connection after the other may bring before it is cut; later ones stay
 */
export async function startCuttingProxy(target: number, patience: number[]): Promise<CuttingProxy> {
  const left = [...patience];
  let cuts = 0;
  const server = createServer((client) => {
    let bytes = left.shift() ?? Number.POSITIVE_INFINITY;
    const upstream = connect(target, '127.0.0.1');
    const close = () => {
      client.destroy();
      upstream.destroy();
    };
    client.on('error', close).on('close', close).pipe(upstream);
    upstream.on('error', close).on('close', close);
    upstream.on('data', (data) => {
      client.write(data.subarray(0, Math.max(0, bytes)));
      bytes -= data.length;
      if (bytes > 0) return;
      cuts += 1;
      upstream.destroy();
      client.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => cuts,
    async stop() {
      server.close();
    },
  };
}
