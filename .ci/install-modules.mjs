import { readFileSync } from 'node:fs';
import path from 'node:path';
import { npm, root } from './npm.mjs';

/** Installs what package-lock.json says, unless it is there already. `development`: also the packages for checks and tests. */
export function installModules({ development }) {
  const missing = firstMissing(development);
  if (!missing) return;
  console.log(`Installing the npm packages (${missing})`);
  npm('ci', '--no-audit', '--no-fund');
}

/**
 * Compares the lock file with the note npm leaves of what it installed, package by package: dates say nothing after a
 * clone or a change of branch. npm writes the note last, so it is also missing after an install that was cut short.
 */
function firstMissing(development) {
  const installed = packagesOf('node_modules/.package-lock.json');
  if (!installed) return 'none are installed';
  const locked = packagesOf('package-lock.json');
  const outdated = Object.entries(locked).find(([name, entry]) => {
    if (name === '') return false;
    const found = installed[name];
    if (found) return found.version !== entry.version || found.integrity !== entry.integrity;
    return !entry.optional && !entry.devOptional && (development || !entry.dev);
  });
  return outdated && `${outdated[0].replace(/^.*node_modules\//, '')} is not the version of the lock file`;
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
