import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { precompress } from '../.ci/precompress.ts';
import { WORKER } from './worker-name.ts';

const SOURCE = 'maplibre-gl/dist/maplibre-gl-worker.mjs';

/** MapLibre's worker, as it comes, beside the module that starts it: it may not be a blob under our policy. */
function worker(): Plugin {
  return {
    name: 'maplibre-worker',
    async generateBundle() {
      const path = createRequire(import.meta.url).resolve(SOURCE);
      const source = (await readFile(path, 'utf8')).replace(/^\/\/# sourceMappingURL=.*$/m, '');
      this.emitFile({ type: 'asset', fileName: WORKER, source });
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [worker(), precompress()],
  build: {
    target: 'es2022',
    outDir: fileURLToPath(new URL('../dist/map', import.meta.url)),
    emptyOutDir: true,
    modulePreload: false,
    // Not as a library, whose blanks would be kept.
    rolldownOptions: {
      input: 'city-map.ts',
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'city-map.js' },
    },
  },
});
