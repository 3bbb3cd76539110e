import { z } from 'zod';
import { endpoints } from '../endpoints.ts';
import {
  readTeamChatSchema,
  sendTeamMessageSchema,
  teamChatSchema,
  teamMessageSchema,
  teamPageQuerySchema,
  teamPageSchema,
} from '../team.ts';
import { byOperatorId, done, route } from './route.ts';

/** Routes of what people of the console write to each other. */
export const teamRoutes = {
  listTeamChats: route({
    ...endpoints.listTeamChats,
    tag: 'Team',
    summary: "The caller's conversations with colleagues, the newest first",
    access: 'contacts.read',
    response: z.array(teamChatSchema),
  }),
  readTeamChat: route({
    ...endpoints.readTeamChat,
    tag: 'Team',
    summary: 'What was written with a colleague: the last 50, or those before one',
    access: 'contacts.read',
    params: byOperatorId,
    query: teamPageQuerySchema,
    response: teamPageSchema,
  }),
  sendTeamMessage: route({
    ...endpoints.sendTeamMessage,
    tag: 'Team',
    summary: 'Write to a colleague; whoever is away reads it when they are back',
    access: 'contacts.read',
    perMinute: 120,
    params: byOperatorId,
    body: sendTeamMessageSchema,
    response: teamMessageSchema,
  }),
  markTeamChatRead: route({
    ...endpoints.markTeamChatRead,
    tag: 'Team',
    summary: 'What a colleague wrote was on screen',
    access: 'contacts.read',
    params: byOperatorId,
    body: readTeamChatSchema,
    response: done,
  }),
};
