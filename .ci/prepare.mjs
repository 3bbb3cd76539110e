/**
 * Runs before the npm scripts, so that each of them works by itself on a fresh clone:
 *   node .ci/prepare.mjs [build] [system]
 * It always brings node_modules up to date; `build` also builds the screens, `system` installs Debian's packages for
 * the tests. It runs on the Node of the machine (20 or newer) and before anything is installed: no dependencies.
 */
import { buildScreens } from './build-screens.mjs';
import { installModules } from './install-modules.mjs';
import { installSystemPackages } from './install-system-packages.mjs';

const wanted = new Set(process.argv.slice(2));
try {
  // A server in production is installed without the packages for development, and has to start like that.
  installModules({ development: process.env.npm_lifecycle_event !== 'prestart' });
  if (wanted.has('build')) buildScreens();
  if (wanted.has('system')) installSystemPackages();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
