import { fileURLToPath } from 'node:url';
import lucide from '@iconify-json/lucide/icons.json' with { type: 'json' };
import { defineConfig, type Plugin } from 'vite';

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

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [lucideIcons()],
  build: {
    target: ['chrome90', 'firefox101', 'safari16.4'],
    outDir: fileURLToPath(new URL('../../../dist/widget', import.meta.url)),
    emptyOutDir: true,
    lib: { entry: 'widget.ts', formats: ['iife'], name: 'LineaChat', fileName: () => 'widget.js' },
  },
});
