import lucide from '@iconify-json/lucide/icons.json' with { type: 'json' };
import type { Plugin } from 'vite';

const PREFIX = 'lucide:';

/** `import send from 'lucide:send'` gives that icon as a Lit template, so that only the icons in use are shipped. */
export function lucideIcons(): Plugin {
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

/** Minifiers leave the text of templates alone; ours is indented HTML and CSS, where one space does as well. */
export function collapseTemplates(): Plugin {
  return {
    name: 'collapse-templates',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk') chunk.code = chunk.code.replace(/>\n {2,}</g, '><').replace(/\n {2,}/g, ' ');
      }
    },
  };
}
