import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, root } from './npm.mjs';

const stampFile = path.join(root, 'dist/.stamp');
const sources = [
  'agent-console',
  'channels/chat',
  'channels/simulator/screen',
  'map',
  'server/contract',
  '.ci/precompress.ts',
  'package-lock.json',
];
/** The last is what the types of the console's components come from; an install removes it. */
const results = [
  'dist/console/index.html',
  'dist/widget/widget.js',
  'dist/widget/more.js',
  'dist/map/city-map.js',
  'dist/simulator/app.js',
  'node_modules/.nuxt-ui',
];
const scripts = ['build:console', 'build:widget', 'build:widget:later', 'build:map', 'build:simulator'];

/** Builds the console and the widget unless dist/ is what the sources, by their contents, would give. */
export function buildScreens() {
  const stamp = hashOf(sources);
  const built = existsSync(stampFile) && readFileSync(stampFile, 'utf8');
  if (built === stamp && results.every((file) => existsSync(path.join(root, file)))) return;
  console.log('Building the console and the chat');
  for (const script of scripts) npm('run', '--silent', script, '--', '--logLevel', 'error');
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

function hashOf(places) {
  const hash = createHash('sha256');
  for (const file of places.flatMap(filesUnder)) hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

function filesUnder(place) {
  if (path.extname(place)) return [place];
  return readdirSync(path.join(root, place), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}
