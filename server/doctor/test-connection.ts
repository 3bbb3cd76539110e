import { AppError } from '../contract/errors.ts';
import type { Finding } from '../contract/messaging.ts';
import type { Db } from '../database/database.ts';
import { checkCityAccount } from './check-account.ts';
import { checkAddress } from './check-address.ts';
import { checkBotFramework, checkGeocoder, checkLanguageModel, checkMapStyle, checkSpeech } from './check-services.ts';
import type { Checks } from './examine.ts';
import type { Installation } from './list-connections.ts';
import { bad, good, unknown } from './section.ts';

/**
 * Looks at one connection now, as `npm run doctor` does.
 * @throws AppError `not_found`
 */
export async function testConnection(installation: Installation, checks: Checks, id: string): Promise<Finding[]> {
  const { config, city, accounts, mail, db } = installation;
  const [kind, name] = id.split(':');
  switch (kind) {
    case 'chat':
      return checkAddress(config.PUBLIC_URL, []);
    case 'mailbox':
      if (!city.mailboxes.some((mailbox) => mailbox.id === name)) throw new AppError('not_found');
      return checks.mailbox(name ?? '', mail.get(name ?? '') ?? { imap: null, smtp: null });
    case 'account': {
      const account = city.accounts.find((one) => one.id === name);
      if (!account) throw new AppError('not_found');
      const findings = await checkCityAccount(checks.accounts, config, city, accounts, account);
      const real = accounts.get(account.id);
      if (!real || real.simulated) return findings;
      return [...(await checkAddress(config.PUBLIC_URL, checks.doors(new Map([[real.id, real]])))), ...findings];
    }
    case 'botframework':
      return checkBotFramework(config);
    case 'language_model':
      return checkLanguageModel(config);
    case 'speech':
      return checkSpeech(config);
    case 'geocoder':
      return checkGeocoder(config);
    case 'map':
      return checkMapStyle(config);
    case 'webhooks':
      return checkWebhooks(db);
    default:
      throw new AppError('not_found');
  }
}

async function checkWebhooks(db: Db): Promise<Finding[]> {
  const rows = await db
    .selectFrom('webhook_endpoint')
    .select(['name', 'active', 'failing_since', 'stopped_by'])
    .orderBy('name')
    .execute();
  if (rows.length === 0)
    return [unknown('No hay programas a los que avisar.', 'Se agregan en Ajustes › Integraciones.')];
  return rows.map(({ name, active, failing_since: failing, stopped_by: stoppedBy }) => {
    const remedy = 'Mira sus entregas en Ajustes › Integraciones.';
    if (!active)
      return stoppedBy === 'failures'
        ? bad(`«${name}» se apagó porque no contestaba.`, remedy)
        : unknown(`«${name}» está apagado.`, remedy);
    return failing ? bad(`«${name}» no contesta desde hace rato.`, remedy) : good(`«${name}» recibe los avisos.`);
  });
}
