import { z } from 'zod';
import type { Receive } from '../../server/contract/channel.ts';
import type { ChatHost, Visitor } from '../../server/contract/chat.ts';
import { AppError, localeSchema } from '../../server/contract/errors.ts';
import type { Message, Part } from '../../server/contract/message.ts';
import {
  type ChatSend,
  chatConsentSchema,
  chatHelloSchema,
  chatHistorySchema,
  chatProfileSchema,
  chatRateSchema,
  chatReceiptSchema,
  chatSendSchema,
  chatSyncSchema,
  rooms,
  typingSchema,
} from '../../server/contract/socket.ts';
import { answering } from './answering.ts';
import type { Gate } from './gate.ts';
import type { ChatInput, ChatNamespace, ChatSocket } from './sockets.ts';

interface Session {
  namespace: ChatNamespace;
  socket: ChatSocket;
  host: ChatHost;
  receive: Receive<ChatInput>;
  gate: Gate;
}

/** Room of one visitor's open windows, before there is a conversation to name it by. */
const windowsOf = (address: string) => `visitor:${address}`;

/** Answers one resident's connection. Everything it says is checked here; everything it asks goes to the host. */
export function serveSession({ namespace, socket, host, receive, gate }: Session): void {
  const meter = gate.meter(socket.handshake.address, () => socket.disconnect(true));
  let conversationId: string | null = null;
  socket.data.locale = 'es';

  function visitor(): Visitor {
    const { address, token } = socket.data;
    if (!address || !token) throw new AppError('invalid_token');
    return { address, token };
  }

  function joined(id: string | null): void {
    if (!id || id === conversationId) return;
    conversationId = id;
    namespace.in(windowsOf(visitor().address)).socketsJoin(rooms.conversation(id));
  }

  /** The screen may belong to somebody else now. */
  async function leaveFormerVisit(): Promise<void> {
    conversationId = null;
    for (const room of socket.rooms) if (room !== socket.id) await socket.leave(room);
  }

  const on = answering(socket, meter, host.failed);

  on('hello', chatHelloSchema, async ({ token, locale, after }) => {
    socket.data.locale = locale;
    const who = token ? host.readToken(token) : host.newVisitor();
    if (who.address !== socket.data.address) await leaveFormerVisit();
    Object.assign(socket.data, { address: who.address, token: who.token });
    await socket.join(windowsOf(who.address));
    // Before the page is read: what is stored in between is pushed.
    joined(await host.conversationId(who));
    const welcome = await host.welcome(who, locale, after);
    joined(welcome.conversationId);
    return welcome;
  });

  on('send', chatSendSchema, async (input) => {
    const who = visitor();
    const parts = await withFiles(host, who, input.parts);
    const [receipt] = await receive({
      address: who.address,
      locale: socket.data.locale,
      clientId: input.clientId,
      parts,
    });
    if (!receipt) throw new AppError('internal');
    joined(receipt.conversationId);
    const message: Message = {
      id: receipt.messageId,
      conversationId: receipt.conversationId,
      ticketId: receipt.ticketId,
      seq: receipt.seq,
      direction: 'in',
      author: { type: 'citizen', id: null, name: null },
      parts,
      status: 'stored',
      failure: null,
      clientId: input.clientId,
      createdAt: receipt.storedAt.toISOString(),
    };
    // The same resident's other windows.
    if (!receipt.duplicate) socket.to(rooms.conversation(receipt.conversationId)).emit('message', message);
    return { message };
  });

  on('sync', chatSyncSchema, async ({ after }) => {
    const page = await host.page(visitor(), { after });
    joined(page.conversationId);
    return page;
  });
  on('history', chatHistorySchema, ({ before }) => host.page(visitor(), { before }));
  on('receipt', chatReceiptSchema, async (seqs) => {
    await host.receipt(visitor(), seqs);
    return {};
  });
  on('typing', typingSchema, async ({ typing }) => {
    if (conversationId) host.typing(conversationId, typing);
    return {};
  });
  on('consent', chatConsentSchema, async ({ version }) => {
    await host.consent(visitor(), version, socket.data.locale);
    joined(await host.conversationId(visitor()));
    return {};
  });
  on('profile', chatProfileSchema, async (profile) => {
    await host.profile(visitor(), profile, socket.data.locale);
    return {};
  });
  on('rate', chatRateSchema, async (rating) => {
    await host.rate(visitor(), rating);
    return {};
  });
  on('end', z.unknown(), async () => {
    await host.end(visitor());
    return {};
  });
  on('locale', z.object({ locale: localeSchema }), async ({ locale }) => {
    socket.data.locale = locale;
    if (conversationId) await host.setLocale(visitor(), locale);
    return {};
  });
}

/** Names, types and sizes of files are what we found, never what the browser says. */
async function withFiles(host: ChatHost, visitor: Visitor, parts: ChatSend['parts']): Promise<Part[]> {
  const ids = parts.flatMap((part) => (part.type === 'media' ? [part.attachmentId] : []));
  const files = ids.length > 0 ? await host.files(visitor, ids) : [];
  const byId = new Map(files.map((file) => [file.attachmentId, file]));
  return parts.map((part) => {
    if (part.type !== 'media') return part;
    const file = byId.get(part.attachmentId);
    if (!file) throw new AppError('not_found');
    return file;
  });
}
