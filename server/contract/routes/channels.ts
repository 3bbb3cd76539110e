import { z } from 'zod';
import {
  broadcastDetailSchema,
  broadcastPreviewSchema,
  broadcastSchema,
  composeBroadcastSchema,
  createBroadcastSchema,
  steerBroadcastSchema,
} from '../broadcast.ts';
import {
  connectionIdSchema,
  connectionSchema,
  connectionTestSchema,
  sendTestMessageSchema,
  testMessageSchema,
} from '../connection.ts';
import { endpoints } from '../endpoints.ts';
import { channelAccountsSchema } from '../messaging.ts';
import { byId, route } from './route.ts';

const byConnection = z.object({ id: connectionIdSchema });

/** Routes of accounts, and notices to many. */
export const channelRoutes = {
  listChannelAccounts: route({
    ...endpoints.listChannelAccounts,
    tag: 'Channels',
    summary: 'Accounts on WhatsApp, SMS, Messenger and Instagram, and how each fares',
    access: 'channels.read',
    response: channelAccountsSchema,
  }),
  listConnections: route({
    ...endpoints.listConnections,
    tag: 'Channels',
    summary: 'Everything the installation is connected to, and the names of settings that are missing',
    access: 'channels.read',
    response: z.array(connectionSchema),
  }),
  testConnection: route({
    ...endpoints.testConnection,
    tag: 'Channels',
    summary: 'Look at a connection now, as `npm run doctor` does',
    access: 'channels.manage',
    perMinute: 12,
    params: byConnection,
    response: connectionTestSchema,
  }),
  sendTestMessage: route({
    ...endpoints.sendTestMessage,
    tag: 'Channels',
    summary: 'Send a real message to an address, so that somebody can see it arrive',
    access: 'channels.manage',
    perMinute: 6,
    params: byConnection,
    body: sendTestMessageSchema,
    response: testMessageSchema,
  }),
  followTestMessage: route({
    ...endpoints.followTestMessage,
    tag: 'Channels',
    summary: 'What the provider has told of a test message since',
    access: 'channels.manage',
    params: byConnection.extend({ messageId: z.string().min(1).max(200) }),
    response: testMessageSchema,
  }),
  previewBroadcast: route({
    ...endpoints.previewBroadcast,
    tag: 'Broadcasts',
    summary: 'How many followers of a case would get a notice, and how; nothing is sent',
    access: 'broadcasts.write',
    body: composeBroadcastSchema,
    response: broadcastPreviewSchema,
  }),
  listBroadcasts: route({
    ...endpoints.listBroadcasts,
    tag: 'Broadcasts',
    summary: 'Notices to followers, newest first',
    access: 'broadcasts.write',
    query: z.object({ caseId: z.uuid().optional() }),
    response: z.array(broadcastSchema),
  }),
  createBroadcast: route({
    ...endpoints.createBroadcast,
    tag: 'Broadcasts',
    summary: 'Tell all followers of a case something; above the limit a second person has to approve it',
    access: 'broadcasts.write',
    body: createBroadcastSchema,
    response: broadcastSchema,
  }),
  openBroadcast: route({
    ...endpoints.openBroadcast,
    tag: 'Broadcasts',
    summary: 'A notice, its progress and whom it did not reach',
    access: 'broadcasts.write',
    params: byId,
    response: broadcastDetailSchema,
  }),
  steerBroadcast: route({
    ...endpoints.steerBroadcast,
    tag: 'Broadcasts',
    summary: 'Approve, pause, resume or cancel a notice; approving is for a supervisor who did not write it',
    access: 'broadcasts.write',
    params: byId,
    body: steerBroadcastSchema,
    response: broadcastSchema,
  }),
} as const;
