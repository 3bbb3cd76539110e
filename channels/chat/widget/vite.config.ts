import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { precompress } from '../../../.ci/precompress.ts';
import { collapseTemplates, lucideIcons } from './build-plugins.ts';

/** Socket.IO carries a transport that the chat never uses; what it brings along is a twentieth of the widget. */
function withoutWebTransport(): Plugin {
  const stub = '\0without-webtransport';
  return {
    name: 'without-webtransport',
    enforce: 'pre',
    resolveId: (id) => (id.endsWith('/webtransport.js') ? stub : undefined),
    load: (id) => (id === stub ? 'export class WT {}' : undefined),
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [lucideIcons(), withoutWebTransport(), collapseTemplates(), precompress()],
  build: {
    target: 'es2022',
    outDir: fileURLToPath(new URL('../../../dist/widget', import.meta.url)),
    emptyOutDir: true,
    lib: { entry: 'widget.ts', formats: ['iife'], name: 'LineaChat', fileName: () => 'widget.js' },
  },
});
