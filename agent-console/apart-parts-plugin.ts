import * as library from 'reka-ui/namespaced';
import type { Plugin } from 'vite';

const IMPORT = /import \{([^}]+)\} from "reka-ui\/namespaced";?/g;
const PREFIX = 'virtual:reka-ui/';
const families = new Map<string, object>(Object.entries(library));

/**
 * Gives each family of reka-ui's parts (menus, comboboxes, popovers…) a module of its own. The library has them all in
 * one, so that the menu which the first screen needs would bring along every part that any screen uses.
 */
export function apartParts(): Plugin {
  return {
    name: 'apart-parts',
    enforce: 'pre',
    transform(code) {
      if (!code.includes('reka-ui/namespaced')) return null;
      return code.replace(IMPORT, (_, names: string) =>
        names
          .split(',')
          .map((name) => `import { ${name.trim()} } from "${PREFIX}${name.trim().split(' ')[0]}";`)
          .join(' '),
      );
    },
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null;
      const family = id.slice(PREFIX.length + 1);
      const parts = Object.keys(families.get(family) ?? {});
      const names = parts.map((part) => `${family}${part}`);
      const members = parts.map((part) => `${part}: ${family}${part}`);
      return `import { ${names.join(', ')} } from 'reka-ui';\nexport const ${family} = { ${members.join(', ')} };\n`;
    },
  };
}
