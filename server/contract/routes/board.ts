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
import { byId, byOperatorId, byQueueId, desk, route, supervisors } from './route.ts';

/** Routes of the live board: what is, from where on it matters, and what a supervisor does about it. */
export const boardRoutes = {
  board: route({
    ...endpoints.board,
    tag: 'Supervision',
    summary:
      'Figures now and of today, who does what, and what wants doing; `board` on the socket brings the next ones',
    access: supervisors,
    response: boardSchema,
  }),
  saveLimits: route({
    ...endpoints.saveLimits,
    tag: 'Supervision',
    summary: 'From where on figures of a queue warn and alarm',
    access: supervisors,
    params: byQueueId,
    body: queueLimitsSchema,
    response: limitsOfQueueSchema,
  }),
  resetLimits: route({
    ...endpoints.resetLimits,
    tag: 'Supervision',
    summary: 'As is usual for the promise of the queue again',
    access: supervisors,
    params: byQueueId,
    response: limitsOfQueueSchema,
  }),
  moveWaiting: route({
    ...endpoints.moveWaiting,
    tag: 'Supervision',
    summary: 'Move contacts that wait to another queue; each keeps its clock',
    access: supervisors,
    body: moveWaitingSchema,
    response: waitingMoveSchema,
  }),
  undoMove: route({
    ...endpoints.undoMove,
    tag: 'Supervision',
    summary: 'Take a move back: what nobody has taken meanwhile returns',
    access: supervisors,
    params: byId,
    response: waitingMoveSchema,
  }),
  setOperatorQueues: route({
    ...endpoints.setOperatorQueues,
    tag: 'Supervision',
    summary: 'Which queues somebody serves; routing follows at once',
    access: supervisors,
    params: byOperatorId,
    body: setQueuesSchema,
    response: operatorSchema,
  }),
  listIncidents: route({
    ...endpoints.listIncidents,
    tag: 'Incidents',
    summary: 'Causes of many contacts, open ones first, then the newest',
    access: desk,
    response: z.array(incidentSchema),
  }),
  openIncident: route({
    ...endpoints.openIncident,
    tag: 'Incidents',
    summary:
      'One cause of many: what was reported of the topic there belongs to it, and who reported it follows its case',
    access: supervisors,
    body: openIncidentSchema,
    response: incidentSchema,
  }),
  linkToIncident: route({
    ...endpoints.linkToIncident,
    tag: 'Incidents',
    summary: 'A contact or a case is about it: its people are told, too',
    access: desk,
    params: byId,
    body: linkToIncidentSchema,
    response: incidentSchema,
  }),
  closeIncident: route({
    ...endpoints.closeIncident,
    tag: 'Incidents',
    summary: 'It is over; its case and notices go on as they are',
    access: supervisors,
    params: byId,
    response: incidentSchema,
  }),
  incidentsOfTicket: route({
    ...endpoints.incidentsOfTicket,
    tag: 'Incidents',
    summary: 'What a contact is about, or may be about',
    access: desk,
    params: byId,
    response: incidentsOfTicketSchema,
  }),
  putUpAnnouncement: route({
    ...endpoints.putUpAnnouncement,
    tag: 'Supervision',
    summary: 'Spoken to callers and shown above the chat until it ends by itself',
    access: supervisors,
    body: saveAnnouncementSchema,
    response: announcementSchema,
  }),
  endAnnouncement: route({
    ...endpoints.endAnnouncement,
    tag: 'Supervision',
    summary: 'Take it down now',
    access: supervisors,
    params: byId,
    response: announcementSchema,
  }),
} as const;
