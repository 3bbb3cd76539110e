import { api } from '../../server/contract/routes.ts';
import { connectOperator } from '../support/operator-client.ts';
import { connectResident } from '../support/resident-client.ts';

/** Somebody who wrote twice about one thing, and is being answered: all contacts of a sample day are over. */
export async function bringResidents(url: string, password: string): Promise<void> {
  const elena = await connectOperator(url, 'elena@veracruz.example.org', password);
  try {
    const people: string[] = [];
    for (const words of ['Mi recibo del agua salió doble', 'Soy Nora, ya mandé la foto de mi recibo']) {
      const resident = await connectResident(url);
      const { ticketId } = await resident.say(words);
      await elena.call(api.takeTicket, { params: { id: ticketId ?? '' } });
      people.push((await elena.open(ticketId ?? '')).citizen.id);
      resident.leave();
    }
    const [first = '', second = ''] = people;
    await elena.call(api.updateCitizen, { params: { id: second }, body: { name: 'Nora Díaz' } });
    await elena.call(api.mergeCitizens, { params: { id: second }, body: { otherId: first } });
  } finally {
    elena.leave();
  }
}
