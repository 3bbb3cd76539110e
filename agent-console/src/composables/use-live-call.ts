import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CallLeg } from '../../../server/contract/call.ts';
import { useCallDevice } from '../stores/call-device.ts';
import { useCallVoice } from '../stores/call-voice.ts';
import { useCalls } from '../stores/calls.ts';
import { useInbox } from '../stores/inbox.ts';
import { consultedOf, isCitizenHeld, isOn, legOf } from './call-legs.ts';
import { clock, secondsSince } from './durations.ts';
import { spokenPhone } from './phone.ts';
import { useNow } from './use-now.ts';

/** How the operator's own call stands, in one word. */
export type CallStanding =
  | 'connecting'
  | 'dialling'
  | 'talking'
  | 'held'
  | 'consulting'
  | 'conference'
  | 'listening'
  | 'whispering'
  | 'along'
  | 'lost'
  | 'apart';

const accompanying = ({ silent, whispersTo }: CallLeg): CallStanding => {
  if (!silent) return 'along';
  return whispersTo ? 'whispering' : 'listening';
};

/** The call that this operator is in, as the screen tells it. */
export function useLiveCall() {
  const { t } = useI18n();
  const calls = useCalls();
  const device = useCallDevice();
  const voice = useCallVoice();
  const inbox = useInbox();
  const now = useNow();

  const call = computed(() => calls.current?.call ?? null);
  const leg = computed(() => calls.current?.leg ?? null);
  const citizen = computed(() => call.value && legOf(call.value, 'citizen'));
  const held = computed(() => call.value !== null && isCitizenHeld(call.value));
  /** A colleague or a number outside that was called in. */
  const consulted = computed(() => {
    const other = call.value && consultedOf(call.value);
    return other && other.id !== leg.value?.id ? other : null;
  });
  /** Somebody may hear us: whoever only listens has nothing to mute. */
  const speaks = computed(() => leg.value?.silent === false || leg.value?.whispersTo != null);
  /** Consulted oneself: what is done with the call is its holder's business. */
  const holds = computed(() => leg.value?.role === 'operator');
  /** Its voice is in this window. */
  const isHere = computed(() => voice.leg !== null && voice.spoken?.callId === call.value?.id);

  const standing = computed<CallStanding>(() => {
    if (!leg.value || !isOn(leg.value) || device.returning || device.state === 'starting') return 'connecting';
    if (voice.elsewhere === call.value?.id) return 'apart';
    if (voice.spoken?.callId !== call.value?.id) return 'lost';
    if (leg.value.role === 'supervisor') return accompanying(leg.value);
    if (call.value?.stage === 'dialling') return 'dialling';
    if (consulted.value || leg.value.role === 'consulted') return held.value ? 'consulting' : 'conference';
    return held.value ? 'held' : 'talking';
  });

  const name = computed(() => {
    const ticket = inbox.tickets.get(call.value?.ticketId ?? '');
    return ticket?.citizen.name ?? number.value ?? t('citizen.unnamed');
  });
  const number = computed(() => {
    const at = call.value?.direction === 'out' ? call.value.to : call.value?.from;
    return at ? spokenPhone(at) : null;
  });
  /** Of whoever is consulted. */
  const otherName = computed(() => {
    const other = consulted.value;
    return other ? (other.name ?? (other.address ? spokenPhone(other.address) : t('citizen.unnamed'))) : '';
  });
  const time = computed(() => {
    // Whoever comes back after a reload has another leg of the same talk.
    const mine = call.value?.legs.filter(({ operatorId }) => operatorId === leg.value?.operatorId) ?? [];
    const [since] = mine.flatMap(({ joinedAt }) => joinedAt ?? []).sort();
    return since ? clock(secondsSince(since, now.value)) : null;
  });

  return { call, leg, citizen, held, consulted, speaks, holds, isHere, standing, name, number, otherName, time };
}
