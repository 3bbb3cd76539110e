import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { iceServersFor } from '../../server/calls/ice-servers.ts';
import { ConfigError, readConfig } from '../../server/config.ts';

const now = new Date('2026-03-02T12:00:00Z');
const of = (env: Record<string, string>) => iceServersFor(readConfig(env), 'visitor-1', now);

test('without settings browsers find each other within one network', () => {
  expect(of({})).toEqual([]);
});

test('with a secret everybody has credentials of their own that run out', () => {
  const servers = of({
    STUN_URLS: 'stun:turn.example.org:3478',
    TURN_URLS: 'turn:turn.example.org:3478, turns:turn.example.org:443',
    TURN_SECRET: 'a-shared-secret',
  });
  const username = `${Date.parse('2026-03-02T18:00:00Z') / 1_000}:visitor-1`;
  expect(servers).toEqual([
    { urls: ['stun:turn.example.org:3478'] },
    {
      urls: ['turn:turn.example.org:3478', 'turns:turn.example.org:443'],
      username,
      credential: createHmac('sha1', 'a-shared-secret').update(username).digest('base64'),
    },
  ]);
});

test('one sign-in for all is taken as it is, and none at all is named', () => {
  const urls = { TURN_URLS: 'turn:turn.example.org' };
  const servers = of({ ...urls, TURN_USERNAME: 'linea', TURN_CREDENTIAL: 'palabra' });
  expect(servers).toEqual([{ urls: ['turn:turn.example.org'], username: 'linea', credential: 'palabra' }]);
  expect(() => of(urls)).toThrow(ConfigError);
  expect(() => of({ STUN_URLS: 'https://stun.example.org' })).toThrow('STUN_URLS');
});
