import { AuditEntry } from '../audit/audit.entity.ts';
import { BotframeworkReference } from '../botframework/conversation-reference.entity.ts';
import {
  CaseAttachment,
  CaseEvent,
  CaseFollower,
  CaseTicket,
  FolioCounter,
  ServiceCase,
} from '../cases/case.entity.ts';
import { ArticleVersion, Utterance } from '../content/content.entity.ts';
import { Citizen, Identity } from '../conversations/citizen.entity.ts';
import { ChannelAccount, Conversation, Message, RawInput } from '../conversations/conversation.entity.ts';
import { Ticket, TicketEvent } from '../conversations/ticket.entity.ts';
import { Email, EmailAddress, EmailParticipant, EmailReference, EmailToken, Mailbox } from '../email/email.entity.ts';
import { Attachment } from '../files/attachment.entity.ts';
import { Outbox } from '../jobs/outbox.entity.ts';
import { BotTurn, LearningTrial } from '../learning/learning.entity.ts';
import { Operator, QueueOperator } from '../operators/operator.entity.ts';
import { Offer, Presence, Queue } from '../routing/routing.entity.ts';
import { CannedReply, Setting } from '../settings/setting.entity.ts';

/** Every table of the application. better-auth keeps three of its own beside `operator`. */
export const entities = [
  ArticleVersion,
  Attachment,
  AuditEntry,
  BotTurn,
  BotframeworkReference,
  CannedReply,
  CaseAttachment,
  CaseEvent,
  CaseFollower,
  CaseTicket,
  ChannelAccount,
  Citizen,
  Conversation,
  Email,
  EmailAddress,
  EmailParticipant,
  EmailReference,
  EmailToken,
  FolioCounter,
  Identity,
  LearningTrial,
  Mailbox,
  Message,
  Offer,
  Operator,
  Outbox,
  Presence,
  Queue,
  QueueOperator,
  RawInput,
  ServiceCase,
  Setting,
  Ticket,
  TicketEvent,
  Utterance,
] as const;
