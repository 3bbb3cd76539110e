import type { TwilioAccount } from './twilio-account.ts';
import type { TwilioClient } from './twilio-client.ts';

/** What a check works with. */
export interface Checked {
  client: TwilioClient;
  account: TwilioAccount;
  /** Where Twilio must bring messages; null: nowhere that it could reach. */
  webhook: string | null;
  /** How Twilio reaches this server; null: not at all. */
  publicUrl: string | null;
}
