import type { ChoiceOption } from '../../../server/contract/message.ts';
import { wordsOf } from '../../understanding/normalise.ts';

const PERSON = 'hablar-persona';
/** Alone on a telephone, from every question: a person. */
const OPERATOR = /^(?:(?:con|quiero|el|la|una?|an?|the) )*(?:0|operador|operadora|operator)(?: (?:por favor|please))?$/;
const ORDINAL =
  /^(?:(?:es|la|el|the) )?(?:primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|first|second|third|fourth|fifth)(?: (?:opcion|option|one|por favor|please))*$/;
const ordinals = [/primer|first/, /segund|second/, /tercer|third/, /cuart|fourth/, /quint|fifth/];

/** A quick answer picked as people do by telephone: «0», «operador», «la primera»; null for anything else. */
export function pickedAloud(text: string, offered: readonly ChoiceOption[]): string | null {
  const words = wordsOf(text).join(' ');
  if (OPERATOR.test(words)) return PERSON;
  if (!ORDINAL.test(words)) return null;
  return offered[ordinals.findIndex((ordinal) => ordinal.test(words))]?.id ?? null;
}
