import { wordsOf } from '../../understanding/normalise.ts';

const ASKS =
  /^(?:(?:oye|oiga|disculpa|disculpe|perdon|pero|una pregunta|y|por cierto|antes|espera|hey|wait|also) )*(?:como|cuanto|cuanta|cuantos|cuantas|cuando|cual|cuales|quien|a que hora|por que|para que|puedo|se puede|hasta cuando|quiero saber|quisiera saber|necesito saber|me (?:puedes|puede|pueden) decir|sabes|how|what|when|who|why|can i|could you tell|do you know|is it|i want to know)\b/;
const HOW_LONG =
  /\b(?:cuanto (?:tiempo|tarda|tardan|se tarda|se tardan|demora|demoran)|en cuanto tiempo|cuando (?:lo|la|vienen|van a|estaria|quedaria|arreglan|reparan)|how long|when will)\b/;
const WHY_DATA =
  /\b(?:(?:para|por) que (?:\w+ ){0,3}(?:datos|nombre|telefono|correo|numero)|why (?:do you )?(?:\w+ ){0,3}(?:data|name|phone|number)|que (?:hacen|van a hacer) con mis datos|mis datos (?:estan|son))\b/;

/** Whether a text asks rather than tells. «Dónde» is no sign of it: places are told so. */
export function looksLikeQuestion(text: string): boolean {
  return /[?¿]/.test(text) || ASKS.test(plain(text));
}

/** «¿Cuánto tardan?» */
export function asksHowLong(text: string): boolean {
  return HOW_LONG.test(plain(text));
}

/** «¿Para qué quieren mis datos?» */
export function asksWhyData(text: string): boolean {
  return WHY_DATA.test(plain(text));
}

function plain(text: string): string {
  return wordsOf(text).join(' ');
}
