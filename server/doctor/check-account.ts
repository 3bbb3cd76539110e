import type { Config } from '../config.ts';
import type {
  CheckAccount,
  CityAccount,
  Finding,
  MessagingAccount,
  Provider,
  Template,
} from '../contract/messaging.ts';
import { isLoopback } from '../loopback.ts';
import { bad, unknown } from './section.ts';

export type AccountChecks = Readonly<Record<Provider, CheckAccount>>;

/** Looks at one of the city's accounts from outside, or says what it takes to connect it. */
export async function checkCityAccount(
  checks: AccountChecks,
  config: Config,
  city: { templates: readonly Template[] },
  accounts: ReadonlyMap<string, MessagingAccount>,
  account: CityAccount,
): Promise<Finding[]> {
  const real = accounts.get(account.id);
  if (!real || real.simulated) return [withoutSettings(account, config, accounts)];
  const publicUrl = isPrivate(config) ? null : (config.PUBLIC_URL ?? null);
  return checks[real.provider](real, { publicUrl, templates: city.templates });
}

/** Nobody from outside can reach this installation. */
export const isPrivate = ({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>): boolean =>
  !PUBLIC_URL || isLoopback(new URL(PUBLIC_URL).hostname);

function withoutSettings(
  { channel, provider }: CityAccount,
  config: Config,
  accounts: ReadonlyMap<string, MessagingAccount>,
): Finding {
  const needed =
    provider === 'twilio' ? 'TWILIO_ACCOUNT_SID y TWILIO_AUTH_TOKEN' : `los ajustes ${channel.toUpperCase()}_…`;
  const page = channel === 'voice' ? 'docs/telephone.md' : 'docs/whatsapp-sms-messenger.md';
  const remedy = `Para conectarla, pon ${needed} en .env: ${page}.`;
  const isReal = [...accounts.values()].some((account) => account.channel === channel && !account.simulated);
  return isPrivate(config) && config.SIMULATOR === 'auto' && !isReal
    ? unknown('No está conectada: aquí la representa el simulador, en /simulator.', remedy)
    : bad('No está conectada: no tiene ajustes.', `${remedy} Si no la usas, quítala de accounts en city.yaml.`);
}
