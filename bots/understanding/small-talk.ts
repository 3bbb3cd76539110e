import { BACKGROUND } from '../../server/contract/city.ts';
import { fold, wordsOf } from './normalise.ts';
import { wordSet } from './word-set.ts';

const greeting = wordSet(`
  hola ola holi holaa buenas buenos buen dia dias tardes noches saludos que tal menu inicio opciones ayuda empezar
  hello hi hey good morning afternoon evening menu help start options there`);
const farewell = wordSet(`
  gracias muchas mil muy amable ok okay vale listo perfecto excelente adios bye hasta luego pronto nos vemos es todo
  eso era seria por su tu la atencion ayuda de acuerdo thanks thank you very much bye goodbye thats all great cheers`);
const thanks = wordSet(
  'gracias adios bye thanks thank goodbye cheers todo vemos luego listo all ok okay vale perfecto excelente',
);
const affirmative = wordSet(
  'si sip claro correcto afirmativo exacto ok okay perfecto excelente gracias yes yep yeah sure thanks great',
);
const negative = wordSet('no nop nel tampoco todavia aun nope not nah');

/** «Hola, buenas tardes», «menú». */
export function isGreeting(text: string): boolean {
  const words = wordsOf(text).map(fold);
  return words.length > 0 && words.every(greeting);
}

/** «Muchas gracias, es todo». */
export function isFarewell(text: string): boolean {
  const words = wordsOf(text).map(fold);
  return words.some(thanks) && words.every(farewell);
}

/** What an answer to a yes-or-no question says; null when it says neither. */
export function yesOrNo(text: string): 'yes' | 'no' | null {
  const words = wordsOf(text).map(fold);
  if (words.slice(0, 2).some(negative)) return 'no';
  return words.some(affirmative) ? 'yes' : null;
}

/** What says nothing of what is wanted. */
const small = new Set([BACKGROUND, 'ninguno', 'saludo', 'despedida']);

export function isSmallTalk(id: string): boolean {
  return small.has(id);
}
