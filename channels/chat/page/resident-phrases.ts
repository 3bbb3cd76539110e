import type { Locale } from '../../../server/contract/error-catalogue.ts';

const es = {
  title: '{line}: atención ciudadana de {city}',
  description: 'Escribe, reporta o consulta tu folio con el municipio de {city}.',
  sentence: 'Dinos qué necesitas. Aquí te respondemos.',
  open: 'Hay personas atendiendo en este momento',
  closed: 'El asistente responde ahora; una persona, {opens}',
  closedUnknown: 'El asistente responde a toda hora',
  ways: 'Cómo podemos ayudarte',
  write: 'Escribir',
  writeHint: 'Pregunta con tus palabras. Respuesta al instante.',
  call: 'Llamar',
  callHint: 'Habla con una persona: {phone}',
  callHere: 'Llamar desde esta página, sin costo',
  callWeb: 'Habla con nosotros desde esta página, sin costo.',
  callNone: 'Todavía no hay un número para llamar. Escríbenos y te atendemos igual.',
  report: 'Reportar',
  reportHint: 'Un bache, una luminaria, una fuga, la basura.',
  reportSay: 'Quiero reportar un problema',
  folio: 'Consultar folio',
  folioHint: 'Mira cómo va lo que reportaste.',
  folioSay: 'Quiero saber cómo va mi folio',
  frequent: 'Lo que más nos preguntan',
  emergency: 'En una emergencia',
  privacy: 'Aviso de privacidad',
  sample: 'Contenido de muestra: este no es un sitio oficial de ningún municipio.',
  phones: 'Probar WhatsApp, SMS y Messenger con teléfonos simulados',
  noScript: 'Para escribirnos desde aquí, activa JavaScript en tu navegador.',
  otherLanguage: 'English',
};

const en: typeof es = {
  title: '{line}: citizen services of {city}',
  description: 'Write to the city of {city}, report a problem or follow your case.',
  sentence: 'Tell us what you need. We answer right here.',
  open: 'People are at the desk right now',
  closed: 'The assistant answers now; a person, {opens}',
  closedUnknown: 'The assistant answers at any hour',
  ways: 'How we can help',
  write: 'Write',
  writeHint: 'Ask in your own words. An answer at once.',
  call: 'Call',
  callHint: 'Talk to a person: {phone}',
  callHere: 'Call from this page, free of charge',
  callWeb: 'Talk to us from this page, free of charge.',
  callNone: 'There is no number to call yet. Write to us and we help you just the same.',
  report: 'Report',
  reportHint: 'A pothole, a street light, a leak, rubbish.',
  reportSay: 'I want to report a problem',
  folio: 'Follow a case',
  folioHint: 'See how what you reported is going.',
  folioSay: 'I want to know how my case is going',
  frequent: 'What people ask most',
  emergency: 'In an emergency',
  privacy: 'Privacy notice',
  sample: 'Sample content: this is not the official site of any city.',
  phones: 'Try WhatsApp, SMS and Messenger with simulated telephones',
  noScript: 'To write to us from here, turn on JavaScript in your browser.',
  otherLanguage: 'Español',
};

/** Words of the resident's page, `{name}` filled in. */
export type PageWords = (key: keyof typeof es, values?: Record<string, string>) => string;

export function pageWords(locale: Locale): PageWords {
  const words = { es, en }[locale];
  return (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}
