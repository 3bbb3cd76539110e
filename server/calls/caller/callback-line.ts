import { isCallable } from '../callable.ts';
import { type CallerScene, numberOf } from './caller-scene.ts';

/** The telephone line by which they are called back, or null where the city has none: whose number they called, first. */
export function callbackLine({ call, context }: Pick<CallerScene, 'call' | 'context'>): string | null {
  const telephones = context.city.accounts.filter(({ id, channel }) => channel === 'voice' && context.accounts.has(id));
  return (telephones.find(({ id }) => id === call.channel_account_id) ?? telephones[0])?.id ?? null;
}

/** The number they call from, where it is one that the city calls. */
export function callbackNumber(scene: Pick<CallerScene, 'call' | 'context'>): string | null {
  const number = numberOf(scene);
  return number && isCallable(scene.context.city, number) ? number : null;
}
