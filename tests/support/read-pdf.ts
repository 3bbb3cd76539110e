import { inflateSync } from 'node:zlib';

/** What a reader finds in a PDF that pdfkit wrote: every page's text in the order of its drawing, and its properties. */
export interface ReadPdf {
  pages: string[];
  raw: string;
}

/** Enough of ISO 32000 for fonts with a ToUnicode map and text in hexadecimal. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const raw = Buffer.from(bytes).toString('latin1');
  const objects = new Map(
    [...raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [Number(id), body ?? '']),
  );
  const bodyOf = (id: number): string => objects.get(id) ?? '';
  const fontOf = memo((id: number) => {
    const [, map] = /\/ToUnicode (\d+) 0 R/.exec(bodyOf(id)) ?? [];
    return map ? mapOf(streamOf(bodyOf(Number(map)))) : new Map<number, string>();
  });
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b/.test(body));
  return {
    raw,
    pages: pages.map((page) => {
      const [, contents] = /\/Contents (\d+) 0 R/.exec(page) ?? [];
      const [, resources] = /\/Resources (\d+) 0 R/.exec(page) ?? [];
      const [, fonts = ''] = /\/Font <<([\s\S]*?)>>/.exec(bodyOf(Number(resources))) ?? [];
      const named = new Map(
        [...fonts.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name, id]) => [name, fontOf(Number(id))]),
      );
      return textOf(streamOf(bodyOf(Number(contents))), named);
    }),
  };
}

function textOf(content: string, fonts: ReadonlyMap<string | undefined, ReadonlyMap<number, string>>): string {
  let font: ReadonlyMap<number, string> = new Map();
  const lines: string[] = [];
  for (const [, name, shown] of content.matchAll(/\/(\w+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = fonts.get(name) ?? new Map();
    else {
      const hex = [...(shown ?? '').matchAll(/<([\da-f]*)>/g)].map((match) => match[1]).join('');
      lines.push((hex.match(/.{4}/g) ?? []).map((code) => font.get(Number.parseInt(code, 16)) ?? '').join(''));
    }
  }
  return lines.join('\n');
}

/** `<0000> <0010> [<0041> <0042>]`: from a first code on, one text each. */
function mapOf(stream: string): Map<number, string> {
  const map = new Map<number, string>();
  for (const [, from = '', texts = ''] of stream.matchAll(/<([\da-f]+)> <[\da-f]+> \[([^\]]*)\]/g)) {
    const all = [...texts.matchAll(/<([\da-f]*)>/g)].map((match) => match[1] ?? '');
    for (const [index, hex] of all.entries()) {
      const units = (hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16));
      map.set(Number.parseInt(from, 16) + index, String.fromCharCode(...units));
    }
  }
  return map;
}

function streamOf(body: string): string {
  const [, data = ''] = /stream\n([\s\S]*?)\nendstream/.exec(body) ?? [];
  const bytes = Buffer.from(data, 'latin1');
  return (/FlateDecode/.test(body) ? inflateSync(bytes) : bytes).toString('latin1');
}

function memo<T>(make: (id: number) => T): (id: number) => T {
  const made = new Map<number, T>();
  return (id) => {
    const known = made.get(id) ?? make(id);
    made.set(id, known);
    return known;
  };
}
