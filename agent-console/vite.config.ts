import { resolve } from 'node:path';
import ui from '@nuxt/ui/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { precompress } from '../.ci/precompress.ts';
import { apartParts } from './apart-parts-plugin.ts';
import { dictionaries } from './dictionary-plugin.ts';
import { firstPaint } from './first-paint-plugin.ts';

const repository = resolve(import.meta.dirname, '..');
const server = process.env.CONSOLE_SERVER ?? 'http://localhost:3000';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [
    firstPaint(),
    apartParts(),
    dictionaries(),
    vue(),
    ui({
      root: repository,
      // Imports are written out, so that a file tells what it needs.
      autoImport: false,
      components: false,
      colorMode: false,
      dts: false,
      theme: { colors: ['primary', 'success', 'info', 'warning', 'error'] },
      ui: {
        colors: { primary: 'brand', neutral: 'slate', success: 'emerald', info: 'sky', warning: 'amber' },
        // The library thins a button's colour out under the pointer, which takes the contrast from its text.
        button: {
          compoundVariants: [
            {
              color: 'primary',
              variant: 'solid',
              class: 'hover:bg-primary-700 active:bg-primary-700 dark:hover:bg-primary-300 dark:active:bg-primary-300',
            },
          ],
        },
      },
      // Only the icons named in the sources, taken from the local collection: none is ever asked of the network.
      icon: { clientBundle: { scan: { globInclude: ['agent-console/src/**/*.{vue,ts}'] } } },
    }),
    precompress(),
  ],
  resolve: { alias: [{ find: /^@iconify\/vue$/, replacement: resolve(import.meta.dirname, 'src/local-icons.ts') }] },
  worker: { format: 'es', plugins: () => [dictionaries()] },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: resolve(repository, 'dist/console'),
    emptyOutDir: true,
    target: 'es2023',
    // What every page begins with is one file, which compresses better than the pieces that later parts share of it.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'console', tags: ['$initial'] }] } } },
  },
  server: { proxy: { '/api': server, '/map': server, '/socket.io': { target: server, ws: true } } },
});
