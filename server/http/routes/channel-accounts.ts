import type { AppContext } from '../../context.ts';
import { api } from '../../contract/routes.ts';
import { loadChannelAccounts } from '../../delivery/channel-accounts.ts';
import type { Register } from '../register.ts';

/** Accounts on telephones and social networks, and how they fare. */
export function channelAccountRoutes(register: Register, { database, city, accounts, clock }: AppContext): void {
  register(api.listChannelAccounts, () => loadChannelAccounts(database.db, city, accounts, clock.now()));
}
