import type { Simulator } from '../create-simulator.ts';
import type { SimulatedMessage } from '../world/message.ts';
import type { SamplePlace, ScreenState, ShownMessage } from './screen-api.ts';

/** All that the page shows, as it is now. */
export function screenState({ world, trouble }: Simulator, places: SamplePlace[]): ScreenState {
  const accounts = [...world.accounts.values()].flatMap(({ channel, ...account }) =>
    channel === 'voice' ? [] : [{ ...account, channel }],
  );
  const people = [...world.people.values()];
  return {
    // Their secrets stay here.
    accounts: accounts.map(({ id, channel, provider, name, address }) => ({ id, channel, provider, name, address })),
    people,
    messages: [...world.messages.values()].map(shownMessage),
    exchanges: world.wire.all().map((exchange) => ({ ...exchange, at: exchange.at.toISOString() })),
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

export function shownMessage(message: SimulatedMessage): ShownMessage {
  return { ...message, at: message.at.toISOString() };
}
