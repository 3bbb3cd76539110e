import type { CallRef, LineAnswer, VoiceLine } from '../../../server/contract/voice.ts';
import { lendClient } from '../../twilio/lend-client.ts';
import type { TwilioAccount } from '../../twilio/twilio-account.ts';
import type { TwilioClient } from '../../twilio/twilio-client.ts';
import { deviceToken } from './device-token.ts';
import { lookAtCall } from './look-at-call.ts';
import { boundedRing } from './render-steps.ts';
import { arrangeRoom, findRoom, identityOf, ringInto } from './room.ts';
import type { VoiceUrls } from './voice-urls.ts';

/** Where the emulated Twilio keeps the telephones of operators. */
const SIMULATED_TELEPHONES = '/simulator/telephone';

export interface TwilioLineOptions {
  account: TwilioAccount;
  urls: VoiceUrls;
  now(): Date;
}

/** Calls by Twilio's Programmable Voice: the caller's end carries out TwiML, people meet in a conference. */
export function createTwilioLine({ account, urls, now }: TwilioLineOptions): VoiceLine {
  const { settings, address } = account;

  /** What became of an order: a refusal is a value, and so is a line that does not answer. */
  async function order(work: (client: TwilioClient) => Promise<LineAnswer>): Promise<LineAnswer> {
    const { refusalOf } = await import('../../twilio/twilio-client.ts');
    try {
      return await work(await lendClient(settings));
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal && (refusal.status === 404 || GONE.has(refusal.code))) return { outcome: 'gone' };
      return { outcome: 'failed', reason: refusal ? `Twilio: ${refusal.code}` : (error as Error).message };
    }
  }

  const endCall = ({ providerCallId }: CallRef): Promise<LineAnswer> =>
    order(async (client) => {
      await client.calls(providerCallId).update({ status: 'completed' });
      return { outcome: 'done' };
    });

  return {
    kind: 'twilio',
    recall: ({ providerCallId }) =>
      order(async (client) => {
        await client.calls(providerCallId).update({ url: urls.step({ turn: null, after: null }), method: 'POST' });
        return { outcome: 'done' };
      }),
    async dial({ callId, to, ringSeconds }) {
      let providerCallId = '';
      const answer = await order(async (client) => {
        const call = await client.calls.create({
          to,
          from: address,
          url: urls.begin(callId),
          method: 'POST',
          fallbackUrl: urls.fallback(),
          fallbackMethod: 'POST',
          statusCallback: urls.status(callId),
          statusCallbackEvent: ['ringing', 'answered', 'completed'],
          statusCallbackMethod: 'POST',
          timeout: boundedRing(ringSeconds),
        });
        providerCallId = call.sid;
        return { outcome: 'done' };
      });
      if (answer.outcome === 'done') return { outcome: 'done', providerCallId };
      return {
        outcome: 'failed',
        reason: answer.outcome === 'failed' ? answer.reason : 'Twilio does not know the line',
      };
    },
    ring: (call, leg) => order((client) => ringInto(client, account, urls, call, leg)),
    arrange: (call, legs) => order((client) => arrangeRoom(client, urls, call, legs)),
    hangUp(call, legId) {
      if (legId === call.callId) return endCall(call);
      return order(async (client) => {
        const room = await findRoom(client, call.callId);
        const participant = room?.participants.find(({ label }) => label === legId);
        if (!participant) return { outcome: 'gone' };
        await client.calls(participant.callSid).update({ status: 'completed' });
        return { outcome: 'done' };
      });
    },
    record: (call, to) =>
      order(async (client) => {
        const { recordCall } = await import('./record-call.ts');
        return recordCall(client, urls, call, to);
      }),
    async look(call, legs) {
      return lookAtCall(await lendClient(settings), call, legs, now());
    },
    async fetchRecording(_accountId, source) {
      const { fetchCallRecording } = await import('./record-call.ts');
      return fetchCallRecording(await lendClient(settings), account, source);
    },
    async eraseRecording(_accountId, source) {
      const { eraseCallRecording } = await import('./record-call.ts');
      await eraseCallRecording(await lendClient(settings), source);
    },
    async deviceFor(operatorId) {
      const identity = identityOf(operatorId);
      return account.simulated
        ? { simulated: { identity, path: SIMULATED_TELEPHONES } }
        : { twilio: await deviceToken(settings, identity, now()) };
    },
  };
}

/** The call is not in a state in which that could be done: it is over. */
const GONE = new Set(['21220', '20404']);
