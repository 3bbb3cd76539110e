import type { Channel, InboundEvent, Receive } from '../../server/contract/channel.ts';
import type { ChatHost } from '../../server/contract/chat.ts';
import { rooms } from '../../server/contract/socket.ts';
import { createGate, type GateLimits } from './gate.ts';
import { serveSession } from './session.ts';
import type { ChatInput, ChatNamespace } from './sockets.ts';

/**
 * The web chat: Socket.IO on namespace `/chat`, shapes in `contract/socket.ts`. Residents keep a cursor into the
 * stored conversation, so `send` only rings.
 */
export function createChatChannel(namespace: ChatNamespace, host: ChatHost, limits: GateLimits): Channel<ChatInput> {
  return {
    name: 'chat',
    capabilities: {
      parts: new Set(['text', 'media', 'location', 'choices', 'choice', 'notice', 'folio', 'request', 'unsupported']),
      textLength: 4_000,
      delivery: 'cursor',
      typing: true,
      notices: true,
      pieces: 'one',
      settleSeconds: 0,
      windowHours: null,
    },

    async decode(input): Promise<InboundEvent[]> {
      return [
        {
          type: 'message',
          // The visitor's own id of it would do, if nobody ever chose another visitor's.
          externalId: `${input.address}:${input.clientId}`,
          from: { address: input.address },
          parts: input.parts,
          locale: input.locale,
          clientId: input.clientId,
        },
      ];
    },

    async send({ message }) {
      // Residents know who speaks by name. Ids are for the console.
      const author = { ...message.author, id: null };
      namespace.to(rooms.conversation(message.conversationId)).emit('message', { ...message, author });
      return { outcome: 'accepted' };
    },

    async start(receive: Receive<ChatInput>) {
      const gate = createGate(limits);
      namespace.use((socket, next) => {
        const refusal = gate.admit(socket.handshake.address);
        if (!refusal) socket.once('disconnect', () => gate.leave(socket.handshake.address));
        next(refusal ?? undefined);
      });
      namespace.on('connection', (socket) => serveSession({ namespace, socket, host, receive, gate }));
    },

    async stop() {
      namespace.disconnectSockets(true);
      namespace.removeAllListeners();
    },
  };
}
