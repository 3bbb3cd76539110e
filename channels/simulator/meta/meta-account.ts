import type { MetaSettings } from '../../../server/contract/messaging.ts';
import type { SimulatedAccount, World } from '../world/world.ts';
import { GraphError } from './graph-error.ts';

export type MetaAccount = SimulatedAccount & { settings: MetaSettings };

export function isMeta(account: SimulatedAccount): account is MetaAccount {
  return account.settings.provider === 'meta';
}

export function metaAccounts(world: World): MetaAccount[] {
  return [...world.accounts.values()].filter(isMeta);
}

/** The accounts that a request's token opens. @throws GraphError */
export function accountsOf(world: World, authorization: string | undefined, query: unknown): MetaAccount[] {
  const [, bearer] = /^(?:Bearer|OAuth) (.+)$/i.exec(authorization ?? '') ?? [];
  const { access_token: given } = query as { access_token?: string };
  const token = bearer ?? given;
  const own = metaAccounts(world).filter(({ settings }) => settings.accessToken === token);
  if (own.length === 0) throw new GraphError('badToken');
  return own;
}
