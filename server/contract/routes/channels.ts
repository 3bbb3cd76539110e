import { z } from 'zod';
import {
  broadcastDetailSchema,
  broadcastPreviewSchema,
  broadcastSchema,
  composeBroadcastSchema,
  createBroadcastSchema,
  steerBroadcastSchema,
} from '../broadcast.ts';
import { endpoints } from '../endpoints.ts';
import { channelAccountsSchema } from '../messaging.ts';
import { byId, desk, route, supervisors } from './route.ts';

/** Routes of accounts, and notices to many. */
export const channelRoutes = {
  listChannelAccounts: route({
    ...endpoints.listChannelAccounts,
    tag: 'Channels',
    summary: 'Accounts on WhatsApp, SMS, Messenger and Instagram, and how each fares',
    access: supervisors,
    response: channelAccountsSchema,
  }),
  previewBroadcast: route({
    ...endpoints.previewBroadcast,
    tag: 'Broadcasts',
    summary: 'How many followers of a case would get a notice, and how; nothing is sent',
    access: desk,
    body: composeBroadcastSchema,
    response: broadcastPreviewSchema,
  }),
  listBroadcasts: route({
    ...endpoints.listBroadcasts,
    tag: 'Broadcasts',
    summary: 'Notices to followers, newest first',
    access: desk,
    query: z.object({ caseId: z.uuid().optional() }),
    response: z.array(broadcastSchema),
  }),
  createBroadcast: route({
    ...endpoints.createBroadcast,
    tag: 'Broadcasts',
    summary: 'Tell all followers of a case something; above the limit a second person has to approve it',
    access: desk,
    body: createBroadcastSchema,
    response: broadcastSchema,
  }),
  openBroadcast: route({
    ...endpoints.openBroadcast,
    tag: 'Broadcasts',
    summary: 'A notice, its progress and whom it did not reach',
    access: desk,
    params: byId,
    response: broadcastDetailSchema,
  }),
  steerBroadcast: route({
    ...endpoints.steerBroadcast,
    tag: 'Broadcasts',
    summary: 'Approve, pause, resume or cancel a notice; approving is for a supervisor who did not write it',
    access: desk,
    params: byId,
    body: steerBroadcastSchema,
    response: broadcastSchema,
  }),
} as const;
