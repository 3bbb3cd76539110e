import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP line to a server of this machine that can be cut like a cable. */
export interface CuttableLine {
  port: number;
  /** How often it was cut. */
  cuts(): number;
  /** Each of the next connections ends once so many bytes came from the server. */
  cutAfter(bytes: number[]): void;
  stop(): Promise<void>;
}

export async function startCuttableLine(serverPort: number): Promise<CuttableLine> {
  const open = new Set<Socket>();
  let planned: number[] = [];
  let cuts = 0;

  const line = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    let left = planned.shift() ?? Number.POSITIVE_INFINITY;
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      open.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.pipe(server);
    server.on('data', (bytes) => {
      client.write(bytes.subarray(0, left));
      left -= bytes.length;
      if (left > 0) return;
      cuts += 1;
      end();
    });
  });
  await new Promise<void>((listening) => line.listen(0, '127.0.0.1', listening));

  return {
    port: (line.address() as AddressInfo).port,
    cuts: () => cuts,
    cutAfter(bytes) {
      planned = [...bytes];
      // Whoever is connected comes again.
      for (const socket of open) socket.destroy();
    },
    stop: () =>
      new Promise<void>((closed) => {
        line.close(() => closed());
        for (const socket of open) socket.destroy();
      }),
  };
}
