import type { Plugin } from 'vite';

const PREFIX = 'virtual:dictionary/';
const packages: Readonly<Record<string, () => Promise<{ default: { aff: Uint8Array; dic: Uint8Array } }>>> = {
  es: () => import('dictionary-es-mx'),
  en: () => import('dictionary-en'),
};

/** Dictionaries as modules of text: their packages read files, which a browser has none of. */
export function dictionaries(): Plugin {
  return {
    name: 'dictionaries',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    async load(id) {
      const read = id.startsWith(`\0${PREFIX}`) ? packages[id.slice(PREFIX.length + 1)] : undefined;
      if (!read) return null;
      const { aff, dic } = (await read()).default;
      const text = (bytes: Uint8Array) => JSON.stringify(new TextDecoder().decode(bytes));
      return `export const aff = ${text(aff)};\nexport const dic = ${text(dic)};\n`;
    },
  };
}
