import type { Stage } from './stage.ts';

/**
 * Passes on what the server tells after each commit: to citizens what is said to them, to operators what they are
 * offered and what is written to them.
 * @returns lets operators look at what is in their hands
 */
export function listen(stage: Stage): () => void {
  const { contacts, operators } = stage;
  const { bus } = stage.server.context;
  bus.subscribe('tickets.changed', (ids) => {
    for (const id of ids) if (stage.speaking && !contacts.has(id)) contacts.set(id, stage.speaking);
  });
  bus.subscribe('messages.stored', (stored) => {
    for (const { message, operatorId } of stored) {
      const { ticketId } = message;
      if (!ticketId) continue;
      if (message.direction === 'out') contacts.get(ticketId)?.hears(message);
      else if (operatorId) operators.get(operatorId)?.works.get(ticketId)?.hears(message);
    }
  });
  bus.subscribe('offer.made', (offer) => operators.get(offer.operatorId)?.isOffered(offer));
  bus.subscribe('offer.ended', ({ operatorId, outcome }) => operators.get(operatorId)?.offerEnded(outcome));
  return () => {
    for (const { works } of operators.values()) for (const work of [...works.values()]) work.looks();
  };
}
