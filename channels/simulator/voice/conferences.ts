import type { TwilioAccount } from '../twilio/twilio-account.ts';
import type { RoomMember, VoiceCall } from './call.ts';
import { isOver } from './call.ts';
import type { Conference, EndReason, Entrance, Participant } from './conference.ts';
import { tellOf, whyLeft } from './conference-events.ts';
import { Interrupted, interruptible, unlessInterrupted } from './interrupted.ts';
import type { Office } from './office.ts';
import type { Recordings } from './recordings.ts';

export interface Conferences {
  all: Map<string, Conference>;
  /** The one of that name that is not over. */
  find(name: string): Conference | undefined;
  open(account: TwilioAccount, name: string, entrance: Entrance): Conference;
  /** Somebody is to take part, who is not there yet. */
  expect(conference: Conference, call: VoiceCall, entrance: Entrance): Participant;
  /** They did not come. */
  missed(conference: Conference, participant: Participant): void;
  /**
   * Takes part until they are sent out or it ends.
   * @param listen carries out a document in their ear
   * @throws Interrupted
   */
  attend(
    conference: Conference,
    call: VoiceCall,
    entrance: Entrance,
    signal: AbortSignal,
    listen: Participant['listen'],
  ): Promise<'kicked' | 'ended'>;
  /** Holds, mutes, coaches: what is not named stays. */
  update(
    conference: Conference,
    participant: Participant,
    change: Partial<Pick<Participant, 'muted' | 'hold' | 'holdOn' | 'coaching' | 'coach' | 'endOnExit'>>,
  ): void;
  end(conference: Conference, reason: EndReason, by: string | null): void;
}

const MOST = 500;

export function createConferences(office: Office, recordings: Recordings): Conferences {
  const { world } = office;
  const all = new Map<string, Conference>();
  const present = ({ participants }: Conference) =>
    [...participants.values()].filter(({ status }) => status === 'connected');

  function changedFor(conference: Conference): void {
    conference.updatedAt = world.now();
    for (const participant of present(conference)) {
      tune(conference, participant);
      office.changed(participant.call);
    }
  }

  /** Music or a document for who waits or is on hold, nothing for who is among others. */
  function tune(conference: Conference, participant: Participant): void {
    const wanted = participant.hold ? 'hold' : conference.status === 'init' ? 'wait' : null;
    const current = participant.tune?.signal.aborted === false ? tunes.get(participant.tune) : null;
    if (wanted === (current ?? null)) return;
    participant.tune?.abort(new Interrupted());
    participant.tune = null;
    if (!wanted) return;
    const control = new AbortController();
    participant.tune = control;
    tunes.set(control, wanted);
    const to = wanted === 'hold' ? participant.holdOn : participant.waitOn;
    void participant.listen(to, control.signal).catch(unlessInterrupted);
  }
  const tunes = new WeakMap<AbortController, 'hold' | 'wait'>();

  function enter(conference: Conference, participant: Participant): void {
    participant.status = 'connected';
    participant.updatedAt = world.now();
    participant.call.room = conference;
    tellOf(office, conference, 'join', participant);
    beep(conference, participant, 'onEnter');
    const here = present(conference);
    if (conference.status === 'init' && here.length > 1 && here.some(({ startOnEnter }) => startOnEnter)) {
      conference.status = 'in-progress';
      tellOf(office, conference, 'start');
      if (conference.isRecorded) record(conference);
    }
    changedFor(conference);
  }

  function record(conference: Conference): void {
    const { account, sid, recordingReports } = conference;
    recordings.start({
      account,
      callSid: null,
      conferenceSid: sid,
      source: 'Conference',
      reports: recordingReports,
    });
  }

  function beep(conference: Conference, { call, beep: how }: Participant, when: 'onEnter' | 'onExit'): void {
    if (how !== 'true' && how !== when) return;
    for (const other of present(conference)) {
      if (other.call !== call && !other.hold) office.caption(other.call, { kind: 'tone', text: '♪ bip' });
    }
  }

  function exit(conference: Conference, participant: Participant, kicked: boolean): void {
    const { call } = participant;
    if (conference.participants.get(call.sid) !== participant) return;
    participant.tune?.abort(new Interrupted());
    participant.status = 'complete';
    conference.participants.delete(call.sid);
    call.room = null;
    tellOf(office, conference, 'leave', participant, whyLeft(participant, conference, kicked));
    if (conference.status === 'completed') return;
    beep(conference, participant, 'onExit');
    if (participant.endOnExit) {
      end(conference, `participant-with-end-conference-on-exit-${kicked ? 'kicked' : 'left'}`, call.sid);
    } else if (conference.participants.size === 0) {
      end(conference, kicked ? 'last-participant-kicked' : 'last-participant-left', call.sid);
    } else changedFor(conference);
  }

  function end(conference: Conference, reason: EndReason, by: string | null): void {
    if (conference.status === 'completed') return;
    conference.status = 'completed';
    conference.reason = reason;
    conference.endedBy = by;
    for (const recording of recordings.runningOn({ conferenceSid: conference.sid })) recordings.stop(recording);
    for (const participant of [...conference.participants.values()]) {
      exit(conference, participant, false);
      participant.release('ended');
    }
    tellOf(office, conference, 'end', null, {
      ReasonConferenceEnded: reason,
      ...(by ? { CallSidEndingConference: by } : {}),
    });
  }

  function participantOf(call: VoiceCall, entrance: Entrance): Participant {
    const now = world.now();
    const { label, muted, startOnEnter, endOnExit, coach, beep: how, wait } = entrance;
    return {
      call,
      label,
      status: 'queued',
      muted,
      hold: false,
      holdOn: null,
      waitOn: wait,
      startOnEnter,
      endOnExit,
      coaching: coach !== null,
      coach,
      beep: how,
      createdAt: now,
      updatedAt: now,
      tune: null,
      listen: async () => {},
      release: () => {},
    };
  }

  const find = (name: string) => [...all.values()].find((one) => one.name === name && one.status !== 'completed');

  return {
    all,
    find,
    open(account, name, entrance) {
      const known = find(name);
      if (known) return known;
      const now = world.now();
      const conference: Conference = {
        sid: office.sid('CF'),
        account,
        name,
        status: 'init',
        createdAt: now,
        updatedAt: now,
        participants: new Map(),
        reports: entrance.reports,
        recordingReports: entrance.recordingReports,
        isRecorded: entrance.record,
        sequence: 0,
        reason: null,
        endedBy: null,
        members: () => present(conference).map((one) => memberOf(conference, one)),
      };
      all.set(conference.sid, conference);
      const [oldest] = all.keys();
      if (all.size > MOST && oldest) all.delete(oldest);
      return conference;
    },
    expect(conference, call, entrance) {
      const participant = participantOf(call, entrance);
      conference.participants.set(call.sid, participant);
      return participant;
    },
    missed: (conference, participant) => exit(conference, participant, false),
    async attend(conference, call, entrance, signal, listen) {
      const participant = conference.participants.get(call.sid) ?? participantOf(call, entrance);
      conference.participants.set(call.sid, participant);
      participant.listen = listen;
      let how: 'kicked' | 'ended' | null = null;
      try {
        how = await interruptible<'kicked' | 'ended'>(signal, (resolve) => {
          participant.release = resolve;
          enter(conference, participant);
          return () => {};
        });
        return how;
      } finally {
        exit(conference, participant, how === 'kicked');
      }
    },
    update(conference, participant, change) {
      const { muted, hold, coaching, coach } = participant;
      Object.assign(participant, change, { updatedAt: world.now() });
      if (participant.muted !== muted) tellOf(office, conference, participant.muted ? 'mute' : 'unmute', participant);
      if (participant.hold !== hold) tellOf(office, conference, participant.hold ? 'hold' : 'unhold', participant);
      if (participant.coaching !== coaching || participant.coach !== coach) {
        tellOf(office, conference, 'modify', participant);
      }
      if (!isOver(participant.call)) changedFor(conference);
    },
    end,
  };
}

function memberOf(conference: Conference, { call, hold, muted, coaching, coach }: Participant): RoomMember {
  return {
    sid: call.sid,
    name: call.handset.name,
    // Before it begins nobody hears anybody.
    held: hold || conference.status !== 'in-progress',
    muted,
    coachFor: coaching ? coach : null,
  };
}
