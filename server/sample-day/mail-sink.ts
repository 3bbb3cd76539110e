import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A mail server that takes every mail and keeps none: what operators answer leaves, and reaches nobody. */
export interface MailSink {
  port: number;
  stop(): Promise<void>;
}

/** Speaks as much of SMTP (RFC 5321) as a sender needs to get rid of a mail. */
export async function startMailSink(): Promise<MailSink> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function serve(socket: Socket): void {
  let rest = '';
  let isData = false;
  const answer = (line: string) => socket.write(`${line}\r\n`);
  answer('220 sample-day');
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (isData) {
        if (line !== '.') continue;
        isData = false;
        answer('250 taken');
      } else if (/^data$/i.test(line)) {
        isData = true;
        answer('354 go on');
      } else if (/^quit$/i.test(line)) {
        answer('221 bye');
        socket.end();
      } else answer(/^ehlo/i.test(line) ? '250 sample-day' : '250 ok');
    }
  });
}
