import type { CallLeg, CallView, LegRole } from '../../../server/contract/call.ts';

export const isLive = (call: CallView): boolean => call.stage !== 'ended';
/** On the line, or about to be. */
export const isThere = (leg: CallLeg): boolean => leg.state === 'ringing' || leg.state === 'joined';
export const isOn = (leg: CallLeg): boolean => leg.state === 'joined';

/** The end that an operator has of a call; of several, the last. */
export const myLeg = (call: CallView, operatorId: string | undefined): CallLeg | null =>
  call.legs.findLast((leg) => leg.operatorId === operatorId && operatorId !== undefined && isThere(leg)) ?? null;

export const legOf = (call: CallView, role: LegRole): CallLeg | null =>
  call.legs.findLast((leg) => leg.role === role && isThere(leg)) ?? null;

/** Whoever is being consulted: a colleague, or somebody at a number outside. */
export const consultedOf = (call: CallView): CallLeg | null => legOf(call, 'consulted') ?? legOf(call, 'outside');

export const isCitizenHeld = (call: CallView): boolean => legOf(call, 'citizen')?.held ?? false;
