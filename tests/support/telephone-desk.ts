import type { CallView } from '../../server/contract/call.ts';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from './contact-centre.ts';
import { createMemoryLine, type LineCaller, type MemoryLine, type RingingTelephone } from './memory-line.ts';
import type { OperatorClient } from './operator-client.ts';
import { until } from './until.ts';

/** A contact centre with a line in memory, and people with telephones. */
export interface TelephoneDesk {
  centre: ContactCentre;
  line: MemoryLine;
  /** Somebody whose telephone is ready; away, so that they are offered nothing that they do not take. */
  operator(name: string): Promise<OperatorClient>;
  /** A caller who has asked for a person. */
  waits(from?: string): Promise<LineCaller>;
  /** The operator takes the call, and both are in the room. */
  talks(operator: OperatorClient, caller: LineCaller): Promise<RingingTelephone>;
  call(operator: OperatorClient, callId: string): Promise<CallView>;
  /** Waits until a call looks like this. */
  callBecomes(operator: OperatorClient, callId: string, expected: (call: CallView) => boolean): Promise<CallView>;
  events(ticketId: string): Promise<{ type: string; data: Record<string, unknown> }[]>;
}

export async function startTelephoneDesk(): Promise<TelephoneDesk> {
  const centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  const { context } = centre.server;
  const line = createMemoryLine(centre);
  context.lines.set('voz', line);
  const call = (operator: OperatorClient, id: string) => operator.call(api.openCall, { params: { id } });
  const callBecomes: TelephoneDesk['callBecomes'] = (operator, callId, expected) =>
    until(
      async () => {
        const view = await call(operator, callId);
        return expected(view) ? view : null;
      },
      { what: `call ${callId} to become so` },
    );
  return {
    centre: {
      ...centre,
      async stop() {
        await line.settled();
        await centre.stop();
      },
    },
    line,
    call,
    callBecomes,
    async operator(name) {
      const client = await centre.operator(name);
      await client.call(api.setPresence, { body: { status: 'away', takesCalls: true } });
      return client;
    },
    async waits(from) {
      const caller = await line.calls(from ? { from } : {});
      await caller.caller.presses('0');
      return caller;
    },
    async talks(operator, caller) {
      await operator.call(api.takeTicket, { params: { id: caller.ticketId } });
      const telephone = await line.rings({ operatorId: operator.id, role: 'operator' });
      await telephone.answers();
      await until(() => caller.inRoom(), { what: 'the caller to be in the room' });
      await callBecomes(operator, caller.callId, ({ answeredAt }) => answeredAt !== null);
      return telephone;
    },
    events: (ticketId) =>
      context.database.db
        .selectFrom('ticket_event')
        .select(['type', 'data'])
        .where('ticket_id', '=', ticketId)
        .orderBy('id')
        .execute(),
  };
}
