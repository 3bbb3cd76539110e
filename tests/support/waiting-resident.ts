import type { ContactCentre } from './contact-centre.ts';
import type { ResidentClient } from './resident-client.ts';

/** Somebody who gave their name and asked for a person. */
export async function waitingResident(centre: ContactCentre, name: string): Promise<ResidentClient> {
  const resident = await centre.resident();
  await resident.ask('consent', { version: resident.welcome.city.privacyNotice.version });
  await resident.ask('profile', { name });
  await resident.say('Quiero hablar con una persona');
  await resident.isTold('handed_off');
  return resident;
}
