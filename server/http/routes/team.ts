import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import { listTeamChats, readTeamChat, readTeamMessage } from '../../team/read-team-chats.ts';
import { markTeamChatRead, sendTeamMessage } from '../../team/send-team-message.ts';
import type { Register } from '../register.ts';

/** What people of the console write to each other. */
export function teamRoutes(register: Register, { database, unitOfWork }: AppContext): void {
  const { db } = database;

  register(api.listTeamChats, ({ operator }) => listTeamChats(db, operator));
  register(api.readTeamChat, ({ operator, params, query }) => readTeamChat(db, operator, params.id, query.before));
  register(api.sendTeamMessage, async ({ operator, params, body }) =>
    readTeamMessage(db, operator, await unitOfWork((unit) => sendTeamMessage(unit, operator, params.id, body))),
  );
  register(api.markTeamChatRead, async ({ operator, params, body }) => {
    await unitOfWork((unit) => markTeamChatRead(unit, operator, params.id, body.upTo));
    return { ok: true as const };
  });
}
