import type { Phrase } from './error-catalogue.ts';

/** What was wrong with a mail that was decoded all the same, in words for its reader. */
export const problemPhrases = {
  no_from: { es: 'No dice quién lo manda.', en: 'It does not say who sent it.' },
  no_date: { es: 'No trae fecha.', en: 'It has no date.' },
  bad_date: { es: 'Su fecha no se puede leer o no es creíble.', en: 'Its date cannot be read or believed.' },
  no_message_id: { es: 'No trae identificador propio.', en: 'It has no identifier of its own.' },
  null_bytes: { es: 'Traía bytes nulos, que se quitaron.', en: 'It had null bytes, which were removed.' },
  header_cut: {
    es: 'Un encabezado era desmedido y se recortó.',
    en: 'A header was excessively long and was cut.',
  },
  headers_left_out: {
    es: 'Traía demasiados encabezados; los que no se usan se dejaron fuera.',
    en: 'It had too many headers; those not in use were left out.',
  },
  header_repeated: {
    es: 'Repite un encabezado que debe ser único; vale el primero.',
    en: 'It repeats a header that must be unique; the first one counts.',
  },
  charset_mended: {
    es: 'Declaraba un juego de caracteres desconocido o equivocado; se leyó con el más probable.',
    en: 'It declared an unknown or wrong character set; the likeliest was used.',
  },
  text_cut: {
    es: 'El texto es desmedido y se recortó; el original está completo.',
    en: 'The text is excessively long and was cut; the original is complete.',
  },
  parts_left_out: {
    es: 'Traía demasiadas partes o demasiado anidadas; el original está completo.',
    en: 'It had too many parts, or too deeply nested; the original is complete.',
  },
  broken_structure: {
    es: 'Está mal formado; se leyó lo que se pudo.',
    en: 'It is malformed; what could be read was read.',
  },
  attachment_renamed: {
    es: 'El nombre de un archivo no era seguro o no se entendía y se cambió.',
    en: 'The name of a file was unsafe or unreadable and was changed.',
  },
  attachment_type_differs: {
    es: 'Un archivo no es del tipo que dice ser.',
    en: 'A file is not of the type it claims to be.',
  },
  attachment_unreadable: {
    es: 'Un archivo de Outlook (winmail.dat) no se pudo abrir.',
    en: 'An Outlook file (winmail.dat) could not be opened.',
  },
} as const satisfies Record<string, Phrase>;

export type Problem = keyof typeof problemPhrases;
