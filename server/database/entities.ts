import {
  ApiKey,
  Invitation,
  Receipt,
  WebhookDelivery,
  WebhookEndpoint,
} from '../administration/administration.entity.ts';
import { AuditEntry } from '../audit/audit.entity.ts';
import { BotframeworkReference } from '../botframework/conversation-reference.entity.ts';
import { Broadcast, BroadcastRecipient } from '../broadcasts/broadcast.entity.ts';
import { Call, Callback, CallFact, CallLeg, CallRecording } from '../calls/call.entity.ts';
import {
  CaseAttachment,
  CaseEvent,
  CaseFollower,
  CaseTicket,
  FolioCounter,
  ServiceCase,
} from '../cases/case.entity.ts';
import { CitizenMerge } from '../citizens/merge.entity.ts';
import { ArticleVersion, Utterance } from '../content/content.entity.ts';
import { Citizen, Identity } from '../conversations/citizen.entity.ts';
import {
  AddressAlias,
  ChannelAccount,
  Conversation,
  Message,
  MessageChange,
  RawInput,
} from '../conversations/conversation.entity.ts';
import { Ticket, TicketEvent } from '../conversations/ticket.entity.ts';
import { EarlyReport, MessagePiece } from '../delivery/delivery.entity.ts';
import { Email, EmailAddress, EmailParticipant, EmailReference, EmailToken, Mailbox } from '../email/email.entity.ts';
import { Attachment } from '../files/attachment.entity.ts';
import { Outbox } from '../jobs/outbox.entity.ts';
import { BotTurn, LearningTrial } from '../learning/learning.entity.ts';
import { MediaFetch } from '../media/media.entity.ts';
import { Operator, QueueOperator } from '../operators/operator.entity.ts';
import { ContactFact, ContactStale, ContactStretch, PresenceEvent } from '../reports/report.entity.ts';
import { Offer, Presence, Queue } from '../routing/routing.entity.ts';
import { CannedReply, Setting } from '../settings/setting.entity.ts';

/** Every table of the application. better-auth keeps three of its own beside `operator`. */
export const entities = [
  AddressAlias,
  ApiKey,
  ArticleVersion,
  Attachment,
  AuditEntry,
  BotTurn,
  BotframeworkReference,
  Broadcast,
  BroadcastRecipient,
  Call,
  CallFact,
  CallLeg,
  CallRecording,
  Callback,
  CannedReply,
  CaseAttachment,
  CaseEvent,
  CaseFollower,
  CaseTicket,
  ChannelAccount,
  Citizen,
  CitizenMerge,
  ContactFact,
  ContactStale,
  ContactStretch,
  Conversation,
  EarlyReport,
  Email,
  EmailAddress,
  EmailParticipant,
  EmailReference,
  EmailToken,
  FolioCounter,
  Identity,
  Invitation,
  LearningTrial,
  Mailbox,
  MediaFetch,
  Message,
  MessageChange,
  MessagePiece,
  Offer,
  Operator,
  Outbox,
  Presence,
  PresenceEvent,
  Queue,
  QueueOperator,
  RawInput,
  Receipt,
  ServiceCase,
  Setting,
  Ticket,
  TicketEvent,
  Utterance,
  WebhookDelivery,
  WebhookEndpoint,
] as const;
