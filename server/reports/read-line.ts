import type { Standing, StoryLine } from './contact-story.ts';

type Step = (standing: Standing, line: StoryLine, at: number) => void;

/** What each line of a story changes; those that are not here change no figure. */
const steps: Partial<Record<StoryLine['type'], Step>> = {
  opened(standing, _line, at) {
    standing.openedAt = at;
  },
  queued(standing, { data, actorType }, at) {
    // What comes straight into a queue says no reason: nobody sent it there.
    if (actorType === 'citizen' && data.reason === undefined) standing.withBot = false;
    wait(standing, text(data.queueId), at);
  },
  requeued: (standing, { data }, at) => wait(standing, text(data.queueId), at),
  offered: (standing, _line, at) => {
    if (standing.place !== 'waiting') wait(standing, null, at);
  },
  // Whoever takes back what was done to many gives contacts to those who had them.
  offer_accepted: (standing, { actorId, data }, at) => hold(standing, text(data.operatorId) ?? actorId, at),
  transferred(standing, { data }, at) {
    standing.transfers += 1;
    const operatorId = text(data.operatorId);
    if (operatorId && operatorId === standing.warmTo) hold(standing, operatorId, at);
    else wait(standing, text(data.queueId), at);
  },
  snoozed(standing, _line, at) {
    letGo(standing, at);
    standing.place = 'aside';
  },
  woken(standing, { data }, at) {
    if (data.to === 'waiting') wait(standing, text(data.queueId), at);
    else hold(standing, text(data.operatorId) ?? standing.lastOperatorId, at);
  },
  closed(standing, { data, actorType }, at) {
    letGo(standing, at);
    standing.place = 'closed';
    standing.closedAt = at;
    standing.closedBy = actorType;
    standing.merged = typeof data.mergedInto === 'string';
    standing.disposition = text(data.disposition);
  },
  reopened(standing, { data, actorId }, at) {
    if (data.undone !== true) standing.reopenings += 1;
    standing.closedAt = null;
    standing.merged = false;
    standing.disposition = null;
    if (data.to !== 'assigned' && 'queueId' in data) wait(standing, text(data.queueId), at);
    else hold(standing, text(data.operatorId) ?? actorId, at);
  },
  rated(standing, { data }) {
    if (typeof data.score === 'number') standing.rating = data.score;
  },
  call_began(standing, { data, actorType }, at) {
    const isOut = data.direction === 'out';
    if (isOut && actorType === 'operator' && standing.openedAt === at && standing.queuedAt === null) {
      standing.outbound = true;
    }
    standing.call = { id: text(data.callId) ?? '', isOut, answered: false, held: false };
    standing.wrapping = false;
  },
  call_answered(standing, _line, at) {
    if (standing.call) standing.call.answered = true;
    standing.answeredAt ??= at;
  },
  call_held: (standing) => setHeld(standing, true),
  call_resumed: (standing) => setHeld(standing, false),
  call_transferred(standing, { data }) {
    standing.warmTo = data.how === 'warm' ? text(data.operatorId) : null;
  },
  call_ended(standing, { data }) {
    standing.callOutcome = text(data.outcome);
    standing.wrapping = standing.place === 'held';
    standing.call = null;
  },
  wrap_up_ended(standing, { data, actorId }, at) {
    if (standing.place === 'held' && standing.operatorId === actorId) {
      standing.wrapping = false;
      return;
    }
    if (standing.closedAt === at || typeof data.seconds !== 'number') return;
    // The contact had gone on to somebody else while the first one still wrote.
    standing.wrapBeside += data.seconds;
    if (actorId) standing.stretches.push({ operatorId: actorId, began: at - data.seconds, ended: at });
  },
};

/** Brings a contact to where it stands after the next line of its story. */
export function readLine(standing: Standing, line: StoryLine, at: number): void {
  steps[line.type]?.(standing, line, at);
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function setHeld({ call }: Standing, held: boolean): void {
  if (call) call.held = held;
}

function wait(standing: Standing, queueId: string | null, at: number): void {
  letGo(standing, at);
  standing.place = 'waiting';
  standing.waitsIn = queueId ?? standing.waitsIn;
  standing.queuedAt ??= at;
  // Where it was answered, or would have been: what comes later is another queue's second look.
  if (standing.answeredAt === null || standing.queueId === null) standing.queueId = standing.waitsIn;
}

function hold(standing: Standing, operatorId: string | null, at: number): void {
  letGo(standing, at);
  standing.place = 'held';
  standing.operatorId = operatorId;
  if (operatorId) {
    standing.lastOperatorId = operatorId;
    standing.stretches.push({ operatorId, began: at, ended: null });
  }
  const rings = standing.call !== null && !standing.call.isOut && !standing.call.answered;
  if (!rings) standing.answeredAt ??= at;
}

function letGo(standing: Standing, at: number): void {
  for (const stretch of standing.stretches) stretch.ended ??= at;
  standing.operatorId = null;
  standing.wrapping = false;
  standing.warmTo = null;
}
