import { createHash } from 'node:crypto';
import type { Config } from '../../config.ts';
import type { Manifest } from './manifest.ts';

export type SettingsOfBackup = Pick<Manifest, 'settings' | 'secrets' | 'secretMark'>;

const SECRET = /SECRET|PASSWORD|PASS$|TOKEN|KEY|CREDENTIAL|^(?:DATABASE|REDIS)_URL$/;
/** Of this machine, not of the city. */
const LOCAL = new Set(['root', 'DATA_DIR', 'PORT', 'HOST', 'LOG_LEVEL']);

/** The settings as a backup tells them: values of those that are no secret, names of those that are. */
export function settingsOfBackup(config: Config): SettingsOfBackup {
  const { mail, messaging, ...rest } = config;
  const given = Object.entries({ ...rest, ...mail, ...messaging }).filter(
    ([name, value]) => !LOCAL.has(name) && value !== undefined && String(value) !== '',
  );
  const isSecret = ([name]: [string, unknown]) => SECRET.test(name);
  return {
    settings: Object.fromEntries(given.filter((one) => !isSecret(one)).map(([name, value]) => [name, String(value)])),
    secrets: given.filter(isSecret).map(([name]) => name),
    secretMark: config.SECRET ? createHash('sha256').update(`mark:${config.SECRET}`).digest('hex').slice(0, 16) : null,
  };
}

export interface Difference {
  /** `NAME=value` of what was set otherwise. */
  changed: string[];
  /** Secrets that were set there and are not here. */
  absent: string[];
  /** Keys of folios and links that residents hold will not open. */
  otherSecret: boolean;
}

/** What somebody who restores has to set by hand. */
export function compareSettings(backup: SettingsOfBackup, here: SettingsOfBackup): Difference {
  return {
    changed: Object.entries(backup.settings)
      .filter(([name, value]) => here.settings[name] !== value)
      .map(([name, value]) => `${name}=${value}`),
    absent: backup.secrets.filter((name) => !here.secrets.includes(name)),
    otherSecret: backup.secretMark !== here.secretMark,
  };
}
