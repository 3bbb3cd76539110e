import { z } from 'zod';
import {
  announcementSchema,
  boardSchema,
  incidentSchema,
  incidentsOfTicketSchema,
  limitsOfQueueSchema,
  linkToIncidentSchema,
  moveWaitingSchema,
  openIncidentSchema,
  queueLimitsSchema,
  saveAnnouncementSchema,
  setQueuesSchema,
  waitingMoveSchema,
} from '../board.ts';
import { endpoints } from '../endpoints.ts';
import { operatorSchema } from '../http.ts';
import { byId, byOperatorId, byQueueId, route } from './route.ts';

/** Routes of the live board: what is, from where on it matters, and what a supervisor does about it. */
export const boardRoutes = {
  board: route({
    ...endpoints.board,
    tag: 'Supervision',
    summary:
      'Figures now and of today, who does what, and what wants doing; `board` on the socket brings the next ones',
    access: 'board.read',
    response: boardSchema,
  }),
  saveLimits: route({
    ...endpoints.saveLimits,
    tag: 'Supervision',
    summary: 'From where on figures of a queue warn and alarm',
    access: 'board.act',
    params: byQueueId,
    body: queueLimitsSchema,
    response: limitsOfQueueSchema,
  }),
  resetLimits: route({
    ...endpoints.resetLimits,
    tag: 'Supervision',
    summary: 'As is usual for the promise of the queue again',
    access: 'board.act',
    params: byQueueId,
    response: limitsOfQueueSchema,
  }),
  moveWaiting: route({
    ...endpoints.moveWaiting,
    tag: 'Supervision',
    summary: 'Move contacts that wait to another queue; each keeps its clock',
    access: 'board.act',
    body: moveWaitingSchema,
    response: waitingMoveSchema,
  }),
  undoMove: route({
    ...endpoints.undoMove,
    tag: 'Supervision',
    summary: 'Take a move back: what nobody has taken meanwhile returns',
    access: 'board.act',
    params: byId,
    response: waitingMoveSchema,
  }),
  setOperatorQueues: route({
    ...endpoints.setOperatorQueues,
    tag: 'Supervision',
    summary: 'Which queues somebody serves, and what they can do; routing follows at once',
    access: 'board.act',
    params: byOperatorId,
    body: setQueuesSchema,
    response: operatorSchema,
  }),
  listIncidents: route({
    ...endpoints.listIncidents,
    tag: 'Incidents',
    summary: 'Causes of many contacts, open ones first, then the newest',
    access: 'contacts.read',
    response: z.array(incidentSchema),
  }),
  openIncident: route({
    ...endpoints.openIncident,
    tag: 'Incidents',
    summary:
      'One cause of many: what was reported of the topic there belongs to it, and who reported it follows its case',
    access: 'board.announce',
    body: openIncidentSchema,
    response: incidentSchema,
  }),
  linkToIncident: route({
    ...endpoints.linkToIncident,
    tag: 'Incidents',
    summary: 'A contact or a case is about it: its people are told, too',
    access: 'contacts.attend',
    params: byId,
    body: linkToIncidentSchema,
    response: incidentSchema,
  }),
  closeIncident: route({
    ...endpoints.closeIncident,
    tag: 'Incidents',
    summary: 'It is over; its case and notices go on as they are',
    access: 'board.announce',
    params: byId,
    response: incidentSchema,
  }),
  incidentsOfTicket: route({
    ...endpoints.incidentsOfTicket,
    tag: 'Incidents',
    summary: 'What a contact is about, or may be about',
    access: 'contacts.read',
    params: byId,
    response: incidentsOfTicketSchema,
  }),
  putUpAnnouncement: route({
    ...endpoints.putUpAnnouncement,
    tag: 'Supervision',
    summary: 'Spoken to callers and shown above the chat until it ends by itself',
    access: 'board.announce',
    body: saveAnnouncementSchema,
    response: announcementSchema,
  }),
  endAnnouncement: route({
    ...endpoints.endAnnouncement,
    tag: 'Supervision',
    summary: 'Take it down now',
    access: 'board.announce',
    params: byId,
    response: announcementSchema,
  }),
} as const;
