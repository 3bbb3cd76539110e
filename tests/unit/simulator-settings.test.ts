import { expect, test } from 'vitest';
import { settingLines } from '../../channels/simulator/setting-lines.ts';
import { settingsOf } from '../../channels/simulator/world/account-settings.ts';
import { createIdentifiers } from '../../channels/simulator/world/identifiers.ts';
import { readMessagingAccounts } from '../../server/messaging-settings.ts';
import { sampleCity } from '../support/sample-city.ts';

test('the settings that npm run simulate prints are those by which a server uses its accounts', async () => {
  const { accounts } = await sampleCity();
  const opened = accounts.map((account) => ({
    account,
    settings: settingsOf(account, createIdentifiers('secret'), 'http://127.0.0.1:4000'),
  }));
  const settings = Object.fromEntries(settingLines(opened).map((line) => line.split('=') as [string, string]));
  const problems: string[] = [];
  const read = await readMessagingAccounts(settings, accounts, problems, null);
  expect(problems).toEqual([]);
  // Operators' browsers could not sign in with the key of an emulated company: it is not printed.
  const used = opened.map(({ settings }) => ('apiKey' in settings ? { ...settings, apiKey: null } : settings));
  expect([...read.values()].map((account) => account.settings)).toEqual(used);
});
