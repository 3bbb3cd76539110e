import type { Simulator } from '../create-simulator.ts';
import type { VoiceCall } from '../voice/call.ts';
import { heardBy } from '../voice/phone/call-in-progress.ts';
import type { SimulatedMessage } from '../world/message.ts';
import type { SamplePlace, ScreenState, ShownCall, ShownMessage } from './screen-api.ts';

/** All that the page shows, as it is now. */
export function screenState({ world, trouble, telephony }: Simulator, places: SamplePlace[]): ScreenState {
  const accounts = [...world.accounts.values()];
  const people = [...world.people.values()];
  return {
    // Their secrets stay here.
    accounts: accounts.map(({ id, channel, provider, name, address }) => ({ id, channel, provider, name, address })),
    people,
    messages: [...world.messages.values()].map(shownMessage),
    exchanges: world.wire.all().map((exchange) => ({ ...exchange, at: exchange.at.toISOString() })),
    calls: [...telephony.calls.values()].flatMap((call) => shownCall(call) ?? []),
    trouble: trouble(),
    standings: people.flatMap(({ id: personId }) =>
      accounts.map(({ id: accountId }) => ({
        personId,
        accountId,
        blocked: world.shut.has(`${accountId} ${personId}`),
        lastWroteAt: world.lastWord(accountId, personId)?.toISOString() ?? null,
      })),
    ),
    places,
  };
}

/** Null: it is no call of a person's. */
export function shownCall(call: VoiceCall): ShownCall | null {
  const { sid, direction, status, from, to, handset, account, createdAt, answeredAt, endedAt, captions, room } = call;
  if (handset.kind !== 'person') return null;
  return {
    sid,
    direction,
    status,
    from,
    to,
    personId: handset.id,
    accountId: account.id,
    createdAt: createdAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    captions: captions.map((caption) => ({ ...caption, at: caption.at.toISOString() })),
    with: room ? heardBy(call) : null,
  };
}

export function shownMessage(message: SimulatedMessage): ShownMessage {
  return { ...message, at: message.at.toISOString() };
}
