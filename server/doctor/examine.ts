import { CityError } from '../city/city-error.ts';
import { loadCity } from '../city/load-city.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import type { City } from '../contract/city.ts';
import type { MailAccount } from '../contract/email.ts';
import type { Finding, MessagingAccount } from '../contract/messaging.ts';
import { readMailAccounts } from '../mail-settings.ts';
import { readMessagingAccounts } from '../messaging-settings.ts';
import { type AccountChecks, checkCityAccount } from './check-account.ts';
import { checkAddress } from './check-address.ts';
import { checkBotFramework, checkGeocoder, checkLanguageModel, checkMapStyle, checkSpeech } from './check-services.ts';
import { checkDatabase, checkRedis } from './check-stores.ts';
import { bad, good, type Section } from './section.ts';

/** What asks providers, plugged in from outside. */
export interface Checks {
  accounts: AccountChecks;
  mailbox(id: string, account: MailAccount): Promise<Finding[]>;
  /** Where providers bring what happens to these accounts. */
  doors(accounts: ReadonlyMap<string, MessagingAccount>): string[];
}

/** Looks at an installation part by part. Changes nothing, starts nothing; without settings there is no more to see. */
export async function* examine(env: NodeJS.ProcessEnv | undefined, checks: Checks): AsyncGenerator<Section> {
  const settings = await read(env);
  yield { title: 'Ajustes y contenido', findings: settings.findings };
  if (!settings.found) return;
  const { config, city, accounts, mail } = settings.found;

  yield { title: 'Base de datos', findings: await checkDatabase(config) };
  yield { title: 'Redis', findings: await checkRedis(config) };
  yield { title: 'Dirección pública', findings: await checkAddress(config.PUBLIC_URL, checks.doors(accounts)) };
  for (const account of city.accounts) {
    const findings = await checkCityAccount(checks.accounts, config, city, accounts, account);
    yield {
      title: `${NAMES[account.channel]} · ${account.name} (${account.id}, por ${BY[account.provider]})`,
      findings,
    };
  }
  for (const { id, address } of city.mailboxes) {
    const findings = await checks.mailbox(id, mail.get(id) ?? { imap: null, smtp: null });
    yield { title: `Correo · ${address} (${id})`, findings };
  }
  for (const { title, check } of services) yield { title, findings: await check(config) };
}

const services: readonly { title: string; check: (config: Config) => Promise<Finding[]> }[] = [
  { title: 'Bot Framework', check: checkBotFramework },
  { title: 'Modelo de lenguaje', check: checkLanguageModel },
  { title: 'Notas de voz', check: checkSpeech },
  { title: 'Direcciones', check: checkGeocoder },
  { title: 'Mapa', check: checkMapStyle },
];

interface Found {
  config: Config;
  city: City;
  accounts: Map<string, MessagingAccount>;
  mail: Map<string, MailAccount>;
}

async function read(env: NodeJS.ProcessEnv | undefined): Promise<{ findings: Finding[]; found?: Found }> {
  try {
    const config = env ? readConfig(env) : readConfig();
    const city = await loadCity(`${config.root}/cities/${config.CITY}`);
    const problems: string[] = [];
    const accounts = await readMessagingAccounts(config.messaging, city.accounts, problems, null);
    const mailboxes = city.mailboxes.map(({ id }) => id);
    const mail = readMailAccounts(config.mail, mailboxes, problems);
    if (problems.length > 0) return { findings: problems.map((problem) => bad(`${problem}.`, CORRECT)) };
    return {
      findings: [good(`Los ajustes se leen, y la ciudad es ${city.name}.`)],
      found: { config, city, accounts, mail },
    };
  } catch (error) {
    if (error instanceof CityError) {
      const lines = error.problems.map(({ file, key, message }) => `${file} ${key}: ${message}.`.replace(' :', ':'));
      return { findings: lines.map((line) => bad(line, `Corrige el contenido de la ciudad: docs/another-city.md.`)) };
    }
    if (error instanceof ConfigError) return { findings: [bad(inSpanish(error), CORRECT)] };
    throw error;
  }
}

const inSpanish = ({ message }: ConfigError): string =>
  message.replace('Settings to correct:', 'Hay ajustes por corregir:').replace(/\.?$/, '.');
const CORRECT = 'Corrígelo en .env: .env.example explica cada ajuste.';
const NAMES = {
  whatsapp: 'WhatsApp',
  sms: 'SMS',
  messenger: 'Messenger',
  instagram: 'Instagram',
  voice: 'Teléfono',
} as const;
const BY = { twilio: 'Twilio', meta: 'Meta' } as const;
