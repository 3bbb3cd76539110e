import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { precompress } from '../../../.ci/precompress.ts';
import { collapseTemplates, lucideIcons } from './build-plugins.ts';

/** What `widget.js` exports under its global name: a second copy of Lit would weigh more than what is loaded here. */
const lent: Record<string, string[]> = {
  lit: ['css', 'html', 'LitElement', 'nothing', 'svg'],
  'chat-part.ts': ['ChatPart'],
  'focus-back.ts': ['FocusBack'],
  'icon.ts': ['icon'],
};

function fromWidget(): Plugin {
  const prefix = '\0from-widget:';
  return {
    name: 'from-widget',
    enforce: 'pre',
    resolveId(id) {
      const name = id.split('/').at(-1) ?? '';
      return lent[name] && (name === id || id.includes('/components/')) ? prefix + name : undefined;
    },
    load(id) {
      const names = id.startsWith(prefix) ? lent[id.slice(prefix.length)] : undefined;
      return names && `export const { ${names.join(', ')} } = globalThis.LineaChat;`;
    },
  };
}

/** What `widget.js` and `/folio` load when it is first needed. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [fromWidget(), lucideIcons(), collapseTemplates(), precompress()],
  build: {
    target: 'es2022',
    outDir: fileURLToPath(new URL('../../../dist/widget', import.meta.url)),
    emptyOutDir: false,
    rolldownOptions: {
      input: { more: 'later/more-parts.ts', folio: 'later/folio-page.ts', call: 'later/call/call-part.ts' },
      preserveEntrySignatures: 'strict',
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'later-[name].js' },
    },
  },
});
