import {
  ApiKey,
  Invitation,
  Receipt,
  WebhookDelivery,
  WebhookEndpoint,
} from '../administration/administration.entity.ts';
import { AuditEntry } from '../audit/audit.entity.ts';
import {
  Announcement,
  Incident,
  IncidentCase,
  IncidentTicket,
  QueueLimit,
  WaitingMove,
} from '../board/board.entity.ts';
import { BotframeworkReference } from '../botframework/conversation-reference.entity.ts';
import { Broadcast, BroadcastRecipient } from '../broadcasts/broadcast.entity.ts';
import { Call, Callback, CallFact, CallLeg, CallRecording, ChatLink } from '../calls/call.entity.ts';
import {
  CaseAttachment,
  CaseEvent,
  CaseFollower,
  CaseTicket,
  FolioCounter,
  ServiceCase,
} from '../cases/case.entity.ts';
import { CitizenMerge } from '../citizens/merge.entity.ts';
import { CitizenWarning } from '../citizens/warning.entity.ts';
import { ArticleVersion, ContentVersion, Utterance } from '../content/content.entity.ts';
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
import {
  DataImport,
  DataImportRow,
  ExternalReference,
  LegalHold,
  RetentionHeld,
  RetentionProgress,
  RetentionRun,
  SubjectRequest,
} from '../data/data.entity.ts';
import { EarlyReport, MessagePiece } from '../delivery/delivery.entity.ts';
import { Email, EmailAddress, EmailParticipant, EmailReference, EmailToken, Mailbox } from '../email/email.entity.ts';
import { Attachment } from '../files/attachment.entity.ts';
import { FollowUp } from '../follow-ups/follow-up.entity.ts';
import { Outbox } from '../jobs/outbox.entity.ts';
import { BotTurn, LearningTrial } from '../learning/learning.entity.ts';
import { MediaFetch } from '../media/media.entity.ts';
import { BulkChange } from '../operators/desk/bulk.entity.ts';
import { TicketMerge } from '../operators/desk/merging/ticket-merge.entity.ts';
import { SavedView } from '../operators/desk/saved-view.entity.ts';
import { Macro } from '../operators/macros/macro.entity.ts';
import { Operator, OperatorSkill, QueueOperator } from '../operators/operator.entity.ts';
import { RoleOfCity } from '../operators/roles/role.entity.ts';
import {
  QualityCalibration,
  QualityDraw,
  QualityEvent,
  QualityForm,
  QualityOpinion,
  QualityPlan,
  QualityReview,
} from '../quality/quality.entity.ts';
import {
  ContactFact,
  ContactStale,
  ContactStretch,
  ContactSum,
  PeopleSum,
  PresenceEvent,
  SumStale,
  SumState,
} from '../reports/report.entity.ts';
import { ReportLetter, ReportRun, ReportSchedule } from '../reports/schedules/schedule.entity.ts';
import { Offer, Presence, Queue } from '../routing/routing.entity.ts';
import { SampleDay, SampleRow } from '../sample-day/loading/sample-day.entity.ts';
import { SearchDue, SearchEntry } from '../search/search.entity.ts';
import { CannedReply, Setting } from '../settings/setting.entity.ts';
import { SpellingWord } from '../spelling/spelling.entity.ts';
import { SuggestionUse } from '../suggestions/suggestion.entity.ts';
import { TeamMessage } from '../team/team-message.entity.ts';
import { MessageTranslation } from '../translation/translation.entity.ts';

/** Every table of the application. better-auth keeps three of its own beside `operator`. */
export const entities = [
  AddressAlias,
  Announcement,
  ApiKey,
  ArticleVersion,
  Attachment,
  AuditEntry,
  BotTurn,
  BotframeworkReference,
  Broadcast,
  BroadcastRecipient,
  BulkChange,
  Call,
  CallFact,
  CallLeg,
  CallRecording,
  Callback,
  ChatLink,
  CannedReply,
  CaseAttachment,
  CaseEvent,
  CaseFollower,
  CaseTicket,
  ChannelAccount,
  Citizen,
  CitizenMerge,
  CitizenWarning,
  ContactFact,
  ContactStale,
  ContactStretch,
  ContactSum,
  ContentVersion,
  Conversation,
  DataImport,
  DataImportRow,
  EarlyReport,
  Email,
  EmailAddress,
  EmailParticipant,
  EmailReference,
  EmailToken,
  ExternalReference,
  FolioCounter,
  FollowUp,
  TeamMessage,
  Identity,
  Incident,
  IncidentCase,
  IncidentTicket,
  Invitation,
  LearningTrial,
  LegalHold,
  Mailbox,
  Macro,
  MediaFetch,
  Message,
  MessageChange,
  MessagePiece,
  MessageTranslation,
  Offer,
  Operator,
  OperatorSkill,
  Outbox,
  Presence,
  PeopleSum,
  PresenceEvent,
  SumStale,
  SumState,
  QualityCalibration,
  QualityDraw,
  QualityEvent,
  QualityForm,
  QualityOpinion,
  QualityPlan,
  QualityReview,
  Queue,
  QueueLimit,
  QueueOperator,
  RawInput,
  Receipt,
  ReportLetter,
  ReportRun,
  ReportSchedule,
  RetentionHeld,
  RetentionProgress,
  RetentionRun,
  RoleOfCity,
  SavedView,
  SearchDue,
  SearchEntry,
  SampleDay,
  SampleRow,
  ServiceCase,
  Setting,
  SpellingWord,
  SubjectRequest,
  SuggestionUse,
  Ticket,
  TicketEvent,
  TicketMerge,
  Utterance,
  WaitingMove,
  WebhookDelivery,
  WebhookEndpoint,
] as const;
