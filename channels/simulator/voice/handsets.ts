import type { Person } from '../world/person.ts';
import { type Handset, isOver } from './call.ts';
import type { Telephony } from './telephony.ts';

/** What rings at a number, or where an operator's browser would be. */
export function handsetFor(telephony: Telephony, to: string): Handset {
  const { world } = telephony.office;
  if (to.startsWith('client:')) {
    const identity = to.slice('client:'.length);
    return telephony.clients.get(identity) ?? nobody(identity);
  }
  // Any number can be called; who has it is played on the page.
  return handsetOf(telephony, world.personByPhone(to) ?? world.addPerson({ name: to, phone: to }));
}

/** A person's telephone. */
export function handsetOf({ calls, office }: Telephony, person: Person): Handset {
  const accounts = () => [...office.world.accounts.keys()];
  return {
    kind: 'person',
    id: person.id,
    name: person.name,
    reach() {
      if (person.phoneIsOff) return 'silence';
      if (accounts().some((id) => office.world.shut.has(`${id} ${person.id}`))) return 'busy';
      const isBusy = [...calls.values()].some(
        (call) => call.handset.id === person.id && !isOver(call) && call.status !== 'queued',
      );
      return isBusy ? 'busy' : 'rings';
    },
  };
}

/** No browser is signed in under that identity. */
function nobody(identity: string): Handset {
  return { kind: 'client', id: identity, name: identity, reach: () => 'unknown' };
}
