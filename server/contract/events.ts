import type { ChannelName, OutboundMessage } from './channel.ts';
import type { Offer, OfferOutcome, TicketEvent } from './http.ts';
import type { Cursors, Message } from './message.ts';

/**
 * What happened, told inside one process after commit. Whoever listens (realtime, delivery) may lose one without
 * harm: each has a way to look again.
 */
export interface DomainEvents {
  'messages.stored': StoredMessage[];
  /** Its id alone: two changes may be told in the other order, and who reads the row never goes back. */
  'message.changed': string;
  'tickets.changed': string[];
  'ticket.events': { event: TicketEvent; protected: boolean }[];
  'cursors.moved': { conversationId: string; cursors: Cursors };
  /** `before`: whose it was, when it is somebody else's now. */
  'follow-up.changed': { followUpId: string; before: { operatorId: string | null; queueId: string | null } | null };
  /** Something was written from one to the other, or what was is read now. */
  'team.written': { fromId: string; toId: string };
  'offer.made': Offer;
  'offer.ended': {
    offerId: string;
    ticketId: string;
    operatorId: string;
    outcome: OfferOutcome;
  };
  'presence.changed': string;
  /** An operator signed out. */
  'session.ended': string;
  'case.changed': { caseId: string; protected: boolean };
  'citizen.changed': { citizenId: string };
  'broadcast.changed': { broadcastId: string };
  /** A call or one of its legs changed, and whoever may see its ticket is to know. */
  'call.changed': { callId: string; ticketId: string };
  'configuration.changed':
    | 'queues'
    | 'operators'
    | 'canned-replies'
    | 'chat-settings'
    | 'content'
    | 'routing'
    | 'announcements'
    | 'incidents'
    | 'quality';
}

export interface StoredMessage {
  channel: ChannelName;
  message: Message;
  /** Who holds the ticket, if a person does. */
  operatorId: string | null;
  /** Of a ticket that only people with the grant see. */
  protected: boolean;
  /** It was said to the bot, which has not heard it yet. */
  toBot: boolean;
  /** Set for messages to the citizen: what the channel needs to send it. */
  outbound: OutboundMessage | null;
}
