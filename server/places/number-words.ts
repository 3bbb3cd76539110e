const SMALL = new Map(
  [
    'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince',
    'dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco',
    'veintiseis veintisiete veintiocho veintinueve',
  ]
    .join(' ')
    .split(' ')
    .map((word, value) => [word, value]),
);
const TENS = new Map(
  'treinta cuarenta cincuenta sesenta setenta ochenta noventa'.split(' ').map((word, i) => [word, 30 + 10 * i]),
);
const HUNDREDS = new Map([
  ['cien', 100],
  ['ciento', 100],
  ['doscientos', 200],
  ['trescientos', 300],
  ['cuatrocientos', 400],
  ['quinientos', 500],
  ['seiscientos', 600],
  ['setecientos', 700],
  ['ochocientos', 800],
  ['novecientos', 900],
]);

/**
 * The number with which a run of plain words begins, in figures, and how many words it takes. «primero» is 1, as in
 * «primero de mayo»; «uno» and «una» alone are no number.
 */
export function digitsOf(words: readonly string[]): { digits: string; length: number } | null {
  if (words[0] === 'primero' && words[1] === 'de') return { digits: '1', length: 1 };
  let total = 0;
  let group = 0;
  let length = 0;
  let scale = 1_000;
  for (let i = 0; i < words.length; ) {
    const word = words[i] ?? '';
    const joined = word === 'y' && scale === 10 ? SMALL.get(words[i + 1] ?? '') : undefined;
    if (joined !== undefined && joined > 0 && joined < 10) {
      group += joined;
      i += 2;
      scale = 0;
    } else if (word === 'mil' && total === 0) {
      total = (group || 1) * 1_000;
      group = 0;
      i += 1;
      scale = 1_000;
    } else {
      const part = partOf(word, scale);
      if (!part) break;
      group += part.value;
      scale = part.scale;
      i += 1;
    }
    length = i;
  }
  if (length === 0 || (length === 1 && words[0] === 'uno')) return null;
  return { digits: String(total + group), length };
}

/** The value of one word where only words below `scale` may follow, and the scale after it. */
function partOf(word: string, scale: number): { value: number; scale: number } | null {
  const hundreds = HUNDREDS.get(word);
  if (hundreds !== undefined) return scale > 100 ? { value: hundreds, scale: 100 } : null;
  const tens = TENS.get(word);
  if (tens !== undefined) return scale > 10 ? { value: tens, scale: 10 } : null;
  const small = SMALL.get(word);
  return small !== undefined && scale > 10 ? { value: small, scale: 0 } : null;
}
