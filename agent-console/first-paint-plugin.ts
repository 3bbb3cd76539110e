import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const name = 'first-paint.js';

/**
 * Puts `first-paint.js` into the page's head as a script that blocks painting. Vite bundles modules only, which run too
 * late for that, and the page's policy allows no script within the page: so it becomes a file with a hash in its name.
 */
export function firstPaint(): Plugin {
  const source = readFileSync(resolve(import.meta.dirname, name), 'utf8');
  return {
    name: 'first-paint',
    buildStart() {
      if (!this.meta.watchMode) this.emitFile({ type: 'asset', name, source });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle, server }) {
        if (server) return [{ tag: 'script', children: source, injectTo: 'head-prepend' }];
        const file = Object.values(bundle ?? {}).find((each) => each.type === 'asset' && each.names.includes(name));
        return file ? [{ tag: 'script', attrs: { src: `/console/${file.fileName}` }, injectTo: 'head-prepend' }] : [];
      },
    },
  };
}
