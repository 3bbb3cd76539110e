import type { Postman } from '../delivery/postman.ts';
import type { World } from '../world/world.ts';
import { TwilioError } from './twilio-error.ts';

/** What is done on purpose to a request of the city. @throws TwilioError 20503 */
export async function sufferTrouble({ timers }: World, { trouble }: Postman): Promise<void> {
  const { apiDelaySeconds, apiDown } = trouble;
  if (apiDelaySeconds > 0) await new Promise<void>((resolve) => timers.after(apiDelaySeconds, resolve));
  if (apiDown) throw new TwilioError(20503);
}
