import { createServer } from 'node:http';
import { Server } from 'socket.io';

/** A process of its own: Socket.IO that answers a message with itself and does nothing else. Writes its port once it listens. */
const http = createServer();
const io = new Server(http, { serveClient: false, transports: ['websocket'] });
io.of('/chat').on('connection', (socket) => {
  socket.on('send', (data: unknown, ack: (data: unknown) => void) => ack(data));
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : address}\n`);
});
