import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What the tests run for real, by the Debian package that brings it. */
const programs = { 'redis-server': 'redis-server', chromium: 'chromium', 'dovecot-imapd': 'dovecot' };

/** Debian's way to say that a package must not start its service: https://manpages.debian.org/invoke-rc.d */
const policyFile = '/usr/sbin/policy-rc.d';

/** Installs the packages that are missing when it may, else throws naming them. */
export function installSystemPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const names = missing.join(' ');
  if (process.getuid?.() !== 0 || !find('apt-get')) {
    throw new Error(`The tests need these packages: ${names}. Install them (as root: apt-get install ${names}).`);
  }
  console.log(`Installing Debian packages for the tests: ${names}`);
  const ownPolicy = !existsSync(policyFile);
  if (ownPolicy) writeFileSync(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    aptGet('update');
    aptGet('install', '-y', '--no-install-recommends', ...missing);
  } finally {
    if (ownPolicy) rmSync(policyFile);
  }
  const still = missingPackages();
  if (still.length > 0) throw new Error(`These packages did not bring what the tests need: ${still.join(' ')}`);
}

function missingPackages() {
  return Object.entries(programs).flatMap(([name, program]) => (find(program) ? [] : [name]));
}

function find(program) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/bin'];
  return folders.some((folder) => existsSync(path.join(folder, program)));
}

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr } = spawnSync('apt-get', ['-q', ...args], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${`${stdout}${stderr}`.slice(-2_000)}`);
}
