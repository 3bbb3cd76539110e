import type { ChoiceOption } from './message.ts';

/** «2», «2.», «el 2», «opción 2», «la número 2 por favor». */
const NUMBER =
  /^(?:(?:es|la|el|opcion|option|numero|number|no|num) )*(\d{1,2})(?: (?:por favor|porfa|gracias|please|thanks))*$/;
const MARKS = /\p{M}/gu;

/** The quick answer that somebody picked by its number in the menu as it was shown; null when they wrote anything else. */
export function pickedByNumber(text: string, offered: readonly ChoiceOption[]): ChoiceOption | null {
  const number = NUMBER.exec(plain(text))?.[1];
  return number ? (offered[Number(number) - 1] ?? null) : null;
}

const plain = (text: string): string =>
  (
    text
      .toLowerCase()
      .normalize('NFD')
      .replace(MARKS, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');
