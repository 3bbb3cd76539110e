import { rfc2822 } from '../twilio/message-resource.ts';
import type { TwilioAccount } from '../twilio/twilio-account.ts';
import type { Fields, Office } from './office.ts';
import type { Reports } from './twiml/verbs.ts';

export type RecordingSource = 'RecordVerb' | 'Conference' | 'StartCallRecordingAPI' | 'OutboundAPI';

export interface Recording {
  sid: string;
  account: TwilioAccount;
  callSid: string | null;
  conferenceSid: string | null;
  source: RecordingSource;
  status: 'in-progress' | 'paused' | 'stopped' | 'processing' | 'completed' | 'absent';
  reports: Reports | null;
  startedAt: Date;
  updatedAt: Date;
  /** When it last went on; null: it does not run. */
  runsSince: Date | null;
  /** What stands so far. */
  milliseconds: number;
  /** Whether what passes while it is paused is left out of it, instead of being silent. */
  skips: boolean;
  /** Milliseconds from its start that are silent, because it was paused. */
  silences: { from: number; to: number }[];
  /** What was said while it ran, as far as it is known. */
  words: string[];
}

export type NewRecording = Pick<Recording, 'account' | 'callSid' | 'conferenceSid' | 'source' | 'reports'>;

export interface Recordings {
  all: Map<string, Recording>;
  start(of: NewRecording): Recording;
  pause(recording: Recording, how?: 'skip' | 'silence'): void;
  resume(recording: Recording): void;
  /** Ends it; a moment later it can be fetched. */
  stop(recording: Recording): void;
  /** There was nothing to record. */
  drop(recording: Recording): void;
  /** That still run. */
  runningOn(where: { callSid?: string; conferenceSid?: string }): Recording[];
  fieldsOf(recording: Recording): Fields;
  /** Where its sound is fetched, without an ending. */
  urlOf(recording: Recording): string;
}

const MOST = 500;
/** Until a recording can be fetched. */
const PROCESSING_SECONDS = 1;

export function createRecordings(office: Office): Recordings {
  const { world } = office;
  const all = new Map<string, Recording>();

  function report(recording: Recording, event: 'in-progress' | 'completed' | 'absent'): void {
    const { account, reports, callSid, conferenceSid } = recording;
    const fields = {
      ...fieldsOf(recording),
      AccountSid: account.settings.accountSid,
      ...(callSid ? { CallSid: callSid } : {}),
      ...(conferenceSid ? { ConferenceSid: conferenceSid } : {}),
      RecordingStatus: event,
      RecordingChannels: '1',
      RecordingStartTime: rfc2822(recording.startedAt),
      RecordingSource: recording.source,
      RecordingTrack: 'both',
      ErrorCode: '0',
    };
    office.notify(account, reports, event, fields, `recording ${recording.sid}`);
  }

  const urlOf = ({ account, sid }: Recording) =>
    `${office.parts.ownUrl()}/2010-04-01/Accounts/${account.settings.accountSid}/Recordings/${sid}`;
  const fieldsOf = (recording: Recording): Fields => ({
    RecordingSid: recording.sid,
    RecordingUrl: urlOf(recording),
    RecordingDuration: String(secondsOf(recording)),
  });

  function hold(recording: Recording): void {
    const now = world.now();
    if (recording.runsSince) recording.milliseconds += now.getTime() - recording.runsSince.getTime();
    recording.runsSince = null;
    recording.updatedAt = now;
  }

  return {
    all,
    urlOf,
    fieldsOf,
    start(of) {
      const now = world.now();
      const recording: Recording = {
        ...of,
        sid: office.sid('RE'),
        status: 'in-progress',
        startedAt: now,
        updatedAt: now,
        runsSince: now,
        milliseconds: 0,
        skips: false,
        silences: [],
        words: [],
      };
      all.set(recording.sid, recording);
      const [oldest] = all.keys();
      if (all.size > MOST && oldest) all.delete(oldest);
      report(recording, 'in-progress');
      return recording;
    },
    pause(recording, how = 'silence') {
      hold(recording);
      recording.status = 'paused';
      recording.skips = how === 'skip';
    },
    resume(recording) {
      const now = world.now();
      if (!recording.skips) silence(recording, now);
      recording.status = 'in-progress';
      recording.runsSince = now;
      recording.updatedAt = now;
    },
    stop(recording) {
      if (recording.status !== 'in-progress' && recording.status !== 'paused') return;
      if (recording.status === 'paused' && !recording.skips) silence(recording, world.now());
      hold(recording);
      recording.status = 'processing';
      world.timers.after(PROCESSING_SECONDS, () => {
        recording.status = 'completed';
        report(recording, 'completed');
      });
    },
    drop(recording) {
      hold(recording);
      recording.status = 'absent';
      all.delete(recording.sid);
      report(recording, 'absent');
    },
    runningOn: ({ callSid, conferenceSid }) =>
      [...all.values()].filter(
        (one) =>
          (one.status === 'in-progress' || one.status === 'paused') &&
          ((callSid && one.callSid === callSid) || (conferenceSid && one.conferenceSid === conferenceSid)),
      ),
  };
}

/** The pause up to now becomes silence. */
function silence(recording: Recording, now: Date): void {
  const from = recording.milliseconds;
  recording.milliseconds += now.getTime() - recording.updatedAt.getTime();
  recording.silences.push({ from, to: recording.milliseconds });
}

/** Whole seconds, as Twilio counts them. */
export function secondsOf({ milliseconds }: Recording): number {
  return Math.round(milliseconds / 1_000);
}
