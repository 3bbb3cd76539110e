import { wordsOf } from '../../understanding/normalise.ts';

/** In words: what is longer tells something. */
const SHORT = 9;

const CANCEL =
  /^(?:(?:no|ya|pues|mejor|oye|gracias|ok|sabes que|mira|entonces) )*(?:cancela(?:r|lo|la|mos)?|olvidalo|olvidala|olvidelo|dejalo|dejala|dejalo asi|dejelo|ya no|mejor no|mejor nada|nada mejor|no quiero (?:seguir|continuar|reportar(?: nada)?|nada)|no (?:lo|la) (?:mandes|envies|reportes)|ya no (?:(?:lo|la) )?(?:quiero|necesito|ocupo|importa|mandes|envies|reportes|hagas|hace falta)(?: \w+){0,3}|cancel(?: it| that)?|never mind|nevermind|forget it|stop|i (?:dont|do not) want (?:it|to)(?: \w+){0,3}|not anymore)(?: (?:por favor|gracias|asi|todo|el reporte|mi reporte|please|thanks|the report|ya|eso|the|report|now))*$/;
const SKIP =
  /^(?:(?:no|pues|ok|gracias|mejor|por el momento|por ahora|de momento) ?)*(?:salta(?:r|lo|la|melo|te)?|saltatelo|omitir|omitelo|siguiente|sigue|seguir|continua|continuar|skip(?: it| that)?|next|no|nop|nel|nope|no (?:(?:la|lo|las|los) )?tengo(?: \w+){0,3}|no hay(?: \w+){0,2}|sin (?:foto|fotos|datos|nombre|detalles?)|prefiero no(?: \w+){0,4}|no (?:quiero|puedo)(?: (?:dar|decir|dejar|mandar|poner|tomar)\w*)?(?: \w+){0,4}|anonim[oa]|de forma anonima|anonymous(?:ly)?|no gracias|no thanks|i (?:dont|do not) have(?: \w+){0,3}|nada(?: mas)?|nothing(?: else)?|ningun[oa]?|asi esta bien|es todo|eso es todo|ya no|no se|rather not|ya)(?: (?:gracias|por favor|asi|todo|thanks|please|tengo|foto|fotos))*$/;
const SEND =
  /^(?:(?:si|sip|claro|ok|okay|va|sale|dale|listo|correcto|exacto|perfecto|todo|esta|asi|es|bien|de acuerdo|por favor|gracias|eso|adelante|yes|yep|yeah|sure|its|correct|right|fine|ya|acepto|confirmo) ?)*(?:si|sip|simon|claro|ok|okay|va|sale|dale|correcto|exacto|perfecto|bien|adelante|envia(?:r|lo|la)?|mandalo|manda|mandala|confirmo|confirmar|acepto|listo|de acuerdo|yes|yep|yeah|sure|correct|send(?: it)?|go ahead|right|fine|good)(?: (?:por favor|gracias|asi|ya|todo|esta bien|please|thanks|it|envialo|mandalo|correcto|bien|claro))*$/;
const CHANGE =
  /^(?:(?:no|si|pero|espera|quiero|hay que|quisiera|i want to|wait|falta) ?)*(?:cambia(?:r|le|lo)?(?: algo| un dato)?|corrige|corregir(?: algo)?|modificar(?: algo)?|change(?: something)?|correct something|esta mal|algo esta mal|hay un error|me equivoque|no esta bien|wrong)$/;
const SAME =
  /^(?:(?:si|yes) ?)*(?:es |it is |its )?(?:el|la|the)? ?(?:mism[oa]|same(?: one)?|ese(?: mismo)?|esa|that one)$/;
const OTHER =
  /^(?:(?:no) ?)*(?:(?:es|it is|its) )?(?:(?:uno|una|el|la|an?) )?(?:otr[oa]|distint[oa]|diferente|different|another|other)(?: (?:reporte|one|bache|lugar|es))*$/;
const NONE =
  /^(?:no |es )*(?:ningun[oa]?(?: de (?:estos|esos|ellos|estas))?|none(?: of (?:these|them))?|otr[oa](?: lugar)?|no esta|not there)$/;
const SAME_PLACE =
  /^(?:(?:es|esta|queda|en|alli|its|it is|at|in|tambien|pues|si) )*(?:ahi(?: mismo)?|aqui mismo|alli mismo|(?:el|la) (?:mism[oa]) (?:lugar|direccion|calle|esquina|sitio)|(?:the )?same (?:place|address|street|corner)|right there|there)$/;
const STILL =
  /\b(?:sigue|siguen|todavia|aun|no (?:quedo|sirvio|lo arreglaron|han arreglado|esta (?:listo|resuelto|arreglado))|still|not (?:fixed|solved))\b/;

const says = (pattern: RegExp) => (text: string) => {
  const words = wordsOf(text);
  return words.length > 0 && words.length <= SHORT && pattern.test(words.join(' '));
};

/** «Cancelar», «ya no», «mejor no»: but not «ya no hay luz». */
export const wantsToCancel = says(CANCEL);
/** «Saltar», «no tengo foto», «prefiero no darlo». */
export const wantsToSkip = says(SKIP);
/** «Sí, envíalo», «correcto». */
export const wantsToSend = says(SEND);
/** «Quiero cambiar algo», without saying what. */
export const wantsToChange = says(CHANGE);
/** «Es el mismo». */
export const isTheSame = says(SAME);
/** «Es otro». */
export const isAnother = says(OTHER);
/** «Ahí mismo». */
export const isSamePlace = says(SAME_PLACE);
/** «Ninguno de estos». */
export const isNoneOfThem = says(NONE);
/** «Sigue igual», «todavía no lo arreglan». */
export const isNotSolved = says(STILL);

/** «Saltar» to a question is no more than that, whatever else people mean by jumping. */
export function isPlainAnswer(text: string): boolean {
  return [wantsToSkip, wantsToSend, wantsToCancel, wantsToChange, isTheSame, isAnother].some((says) => says(text));
}
