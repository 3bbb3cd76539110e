import { fileURLToPath } from 'node:url';
import lucide from '@iconify-json/lucide/icons.json' with { type: 'json' };
import { defineConfig, type Plugin } from 'vite';
import { precompress } from '../../../.ci/precompress.ts';

const PREFIX = 'lucide:';

/** `import send from 'lucide:send'` gives that icon as a Lit template, so that only the icons in use are shipped. */
function lucideIcons(): Plugin {
  const icons: Record<string, { body: string }> = lucide.icons;
  return {
    name: 'lucide-icons',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return;
      const name = id.slice(PREFIX.length + 1);
      const icon = icons[name];
      if (!icon) throw new Error(`There is no lucide icon named ${name}`);
      return `import { svg } from 'lit';\nexport default svg\`${icon.body}\`;`;
    },
  };
}

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

/** Minifiers leave the text of templates alone; ours is indented HTML and CSS, where one space does as well. */
function collapseTemplates(): Plugin {
  return {
    name: 'collapse-templates',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk') chunk.code = chunk.code.replace(/>\n {2,}</g, '><').replace(/\n {2,}/g, ' ');
      }
    },
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
