import { defineEntity, p } from '@mikro-orm/core';
import type {
  Callback as CallbackShape,
  CallLeg as CallLegShape,
  CallOutcome,
  CallRecording as CallRecordingShape,
  CallStage,
  CallTimes,
  LineKind,
  RecordingState,
} from '../contract/call.ts';
import type { CallFact as CallFactShape, CallStep } from '../contract/voice.ts';

/** One telephone call of a contact. A contact called back has several, one after the other. */
export const Call = defineEntity({
  name: 'Call',
  tableName: 'call',
  properties: {
    id: p.uuid().primary(),
    ticketId: p.uuid(),
    conversationId: p.uuid(),
    channelAccountId: p.text(),
    /** The line's id of it; null until the line has taken a call that we make. */
    providerCallId: p.text().nullable(),
    line: p.text().$type<LineKind>(),
    direction: p.text().$type<'in' | 'out'>(),
    fromAddress: p.text().nullable(),
    toAddress: p.text().nullable(),
    stage: p.text().$type<CallStage>(),
    /** The last step that the caller's end was given. */
    turn: p.integer(),
    /** Up to where of the conversation was spoken. */
    spokenSeq: p.integer(),
    /** What it was given: an end that asks the same again hears the same. */
    lastSteps: p.json<CallStep[]>().nullable(),
    script: p.json<Record<string, unknown>>().nullable(),
    /** The number outside that they are being passed on to. */
    transferTo: p.text().nullable(),
    recording: p.text().$type<RecordingState>(),
    clientId: p.uuid().nullable(),
    startedAt: p.datetime(),
    answeredAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    outcome: p.text().$type<CallOutcome>().nullable(),
    abandonedIn: p.text().$type<CallStage>().nullable(),
    times: p.json<CallTimes>().nullable(),
    wrapUpUntil: p.datetime().nullable(),
    wrappedUpAt: p.datetime().nullable(),
    /** When its line is asked how it stands, should nothing be heard of it until then. */
    lookAt: p.datetime().nullable(),
    version: p.integer(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** One person's end of a call. */
export const CallLeg = defineEntity({
  name: 'CallLeg',
  tableName: 'call_leg',
  properties: {
    id: p.uuid().primary(),
    callId: p.uuid(),
    role: p.text().$type<CallLegShape['role']>(),
    operatorId: p.text().nullable(),
    name: p.text().nullable(),
    address: p.text().nullable(),
    providerLegId: p.text().nullable(),
    state: p.text().$type<CallLegShape['state']>(),
    held: p.boolean().default(false),
    silent: p.boolean().default(false),
    whispersTo: p.uuid().nullable(),
    ringsUntil: p.datetime().nullable(),
    joinedAt: p.datetime().nullable(),
    leftAt: p.datetime().nullable(),
    /** A browser was last heard of: the lease of a leg on the web. */
    seenAt: p.datetime().nullable(),
    quality: p.double().nullable(),
    createdAt: p.datetime(),
  },
});

/** Something known of a call, from its line or from us. */
export const CallFact = defineEntity({
  name: 'CallFact',
  tableName: 'call_fact',
  properties: {
    callId: p.uuid().primary(),
    key: p.text().primary(),
    id: p.bigint('number').autoincrement(),
    at: p.datetime(),
    sequence: p.integer(),
    kind: p.text().$type<CallFactShape['what']['kind'] | CallStage | 'outcome'>(),
    legId: p.uuid().nullable(),
    data: p.json<Record<string, unknown>>(),
    receivedAt: p.datetime(),
  },
});

export const CallRecording = defineEntity({
  name: 'CallRecording',
  tableName: 'call_recording',
  properties: {
    id: p.uuid().primary(),
    callId: p.uuid(),
    kind: p.text().$type<CallRecordingShape['kind']>(),
    state: p.text().$type<CallRecordingShape['state']>(),
    key: p.text(),
    source: p.json<Record<string, unknown>>().nullable(),
    attachmentId: p.uuid().nullable(),
    startedAt: p.datetime(),
    milliseconds: p.integer().nullable(),
    transcript: p.text().nullable(),
    tries: p.smallint(),
    nextAt: p.datetime().nullable(),
    eraseAfter: p.datetime().nullable(),
    erasedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

/** A call that the citizen of a contact waits for; its place in the queue is the contact's. */
export const Callback = defineEntity({
  name: 'Callback',
  tableName: 'callback',
  properties: {
    ticketId: p.uuid().primary(),
    phone: p.text(),
    why: p.text().$type<CallbackShape['why']>(),
    channelAccountId: p.text(),
    wantedAt: p.datetime(),
    tries: p.smallint(),
    lastTriedAt: p.datetime().nullable(),
    doneAt: p.datetime().nullable(),
  },
});

/** A link by which a caller goes on in the chat, once. */
export const ChatLink = defineEntity({
  name: 'ChatLink',
  tableName: 'chat_link',
  properties: {
    hash: p.text().primary(),
    callId: p.uuid(),
    address: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedBy: p.uuid().nullable(),
  },
});
