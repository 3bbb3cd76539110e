/** The keys beside each key of a Spanish keyboard. */
const beside = new Map(
  ['qwertyuiop', 'asdfghjklñ', 'zxcvbnm'].flatMap((row) =>
    [...row].map((key, i) => [key, [row[i - 1], row[i + 1]].filter((other) => other !== undefined)] as const),
  ),
);
const chatSpelling: [RegExp, string][] = [
  [/\bque\b/g, 'q'],
  [/\bpor que\b/g, 'xq'],
  [/\bpor\b/g, 'x'],
  [/\bde\b/g, 'd'],
  [/\bpara\b/g, 'pa'],
  [/qu(?=[ei])/g, 'k'],
  [/\bh(?=[aeiou])/g, ''],
  [/v/g, 'b'],
];
const SHORTEST_MISTYPED = 5;

/** A text as somebody in a hurry types it: no accents, a chat spelling now and then, and a slip in a long word. */
export function typedInHurry(text: string, random: () => number): string {
  const plain = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[¿¡]/g, '');
  const chatted = chatSpelling.reduce((so, [from, to]) => (random() < 0.3 ? so.replace(from, to) : so), plain);
  const words = chatted.split(' ');
  const long = words.flatMap((word, i) => (word.length >= SHORTEST_MISTYPED ? [i] : []));
  const at = long[Math.floor(random() * long.length)];
  if (at !== undefined) words[at] = slip(words[at] ?? '', random);
  return words.join(' ');
}

function slip(word: string, random: () => number): string {
  const i = 1 + Math.floor(random() * (word.length - 2));
  const here = word[i] ?? '';
  const near = beside.get(here) ?? [here];
  const slips = [
    word.slice(0, i) + word.slice(i + 1),
    word.slice(0, i) + here + word.slice(i),
    word.slice(0, i) + (near[Math.floor(random() * near.length)] ?? here) + word.slice(i + 1),
    word.slice(0, i) + (word[i + 1] ?? '') + here + word.slice(i + 2),
  ];
  return slips[Math.floor(random() * slips.length)] ?? word;
}
