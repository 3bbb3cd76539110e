import type { Simulator } from '../create-simulator.ts';
import type { SimulatedMessage } from '../world/message.ts';
import type { Person } from '../world/person.ts';
import type { Exchange } from '../world/wire-log.ts';
import type { ScreenEvent } from './screen-api.ts';
import { shownCall, shownMessage } from './screen-state.ts';

/** Tells the page what happens. @returns what ends it */
export function watch({ world: { events }, telephony }: Simulator, tell: (event: ScreenEvent) => void): () => void {
  const message = (one: SimulatedMessage) => tell({ type: 'message', message: shownMessage(one) });
  const person = (one: Person) => tell({ type: 'person', person: one });
  const exchange = (one: Exchange) => tell({ type: 'exchange', exchange: { ...one, at: one.at.toISOString() } });
  const call = (sid: string) => {
    const known = telephony.calls.get(sid);
    const shown = known && shownCall(known);
    if (shown) tell({ type: 'call', call: shown });
  };
  events.on('call', call).on('message', message).on('status', message).on('person', person).on('exchange', exchange);
  return () => {
    events
      .off('call', call)
      .off('message', message)
      .off('status', message)
      .off('person', person)
      .off('exchange', exchange);
  };
}
