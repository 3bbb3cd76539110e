import { durationOf, type VoiceCall } from './call.ts';
import { fieldsOf, type Office } from './office.ts';
import type { CallEvent } from './twiml/verbs.ts';

/** Tells the city of a step in a call's life. @see https://www.twilio.com/docs/voice/api/call-resource#statuscallback */
export function tellOfCall(office: Office, call: VoiceCall, event: CallEvent): void {
  const { account, reports, sequence } = call;
  const duration = durationOf(call, office.world.now());
  call.sequence += 1;
  office.notify(
    account,
    reports,
    event,
    {
      ...fieldsOf(call),
      // Twilio's word for a call that has just been taken on.
      ...(event === 'initiated' ? { CallStatus: 'initiated' } : {}),
      Timestamp: office.rfcNow(),
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(sequence),
      ...(event === 'completed' ? { CallDuration: String(duration), Duration: String(Math.ceil(duration / 60)) } : {}),
    },
    `call ${call.sid}`,
  );
}
