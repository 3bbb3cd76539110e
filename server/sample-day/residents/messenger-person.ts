import type { Arrival } from '../plan/plan-day.ts';
import type { Simulator } from './telephones.ts';
import type { Voice } from './text-resident.ts';

/** Somebody's telephone with a network open on it: what they write comes to the city as a signed webhook. */
export function onTheirTelephone(simulator: Simulator, accountId: string, { resident }: Arrival): Voice {
  const person = simulator.world.personByPhone(resident.phone) ?? simulator.person(resident);
  const phone = simulator.phone(person.id, accountId);
  /** The last message of the city that offers this answer. */
  const offered = (optionId: string) =>
    phone
      .messages()
      .findLast(
        ({ from, content }) =>
          from === 'city' && content.some((one) => 'options' in one && one.options.some(({ id }) => id === optionId)),
      );
  return {
    async say(text) {
      phone.read();
      phone.text(text);
    },
    async pick({ id, title }) {
      phone.read();
      const message = offered(id);
      if (message) phone.choose(message.id, id);
      else phone.text(title);
    },
    async point({ latitude, longitude }) {
      phone.read();
      phone.location({ latitude, longitude });
    },
    end: async () => {},
    rate: async () => {},
    leave: () => phone.read(),
  };
}
