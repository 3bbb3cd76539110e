/** Languages the screens speak. Spanish is the first; a text missing in English falls back to it. */
export const locales = ['es', 'en'] as const;
export type Locale = (typeof locales)[number];

/** A text in every language of the screens. */
export type Phrase = Record<Locale, string>;

/**
 * Every refusal the outside can meet: its HTTP status and one sentence for the reader.
 * The sentence says what happened and what to do; `{name}` is replaced from the error's `details`.
 * Free of schemas, so that a browser can load it alone.
 */
export const errorCatalogue = {
  invalid_input: {
    status: 400,
    es: 'Hay datos que no pudimos leer. Revísalos e inténtalo de nuevo.',
    en: 'Some of the data could not be read. Please check it and try again.',
  },
  empty_message: {
    status: 400,
    es: 'El mensaje está vacío. Escribe algo o adjunta un archivo.',
    en: 'The message is empty. Write something or attach a file.',
  },
  message_too_long: {
    status: 413,
    es: 'El mensaje es demasiado largo: el máximo es de {max} caracteres. Lo que escribiste sigue aquí.',
    en: 'The message is too long: the limit is {max} characters. What you wrote is still here.',
  },
  file_too_large: {
    status: 413,
    es: 'El archivo es demasiado grande: el máximo es de {max} MB.',
    en: 'The file is too large: the limit is {max} MB.',
  },
  file_type_refused: {
    status: 415,
    es: 'Ese tipo de archivo no se puede recibir. Manda fotos, PDF, audio, video o documentos de Office.',
    en: 'That kind of file cannot be accepted. Send photos, PDF, audio, video or Office documents.',
  },
  file_empty: {
    status: 400,
    es: 'El archivo está vacío.',
    en: 'The file is empty.',
  },
  not_an_email: {
    status: 422,
    es: 'Esto no es un correo: no trae ningún encabezado.',
    en: 'This is no e-mail: it has no headers at all.',
  },
  invalid_cursor: {
    status: 400,
    es: 'No reconocemos ese punto de la conversación. Vuelve a cargarla.',
    en: 'That point of the conversation is not recognised. Please load it again.',
  },
  invalid_token: {
    status: 401,
    es: 'Tu sesión de chat ya no es válida. Empieza una conversación nueva.',
    en: 'Your chat session is no longer valid. Please start a new conversation.',
  },
  consent_required: {
    status: 428,
    es: 'Antes de guardar tus datos, lee y acepta el aviso de privacidad.',
    en: 'Please read and accept the privacy notice before leaving personal data.',
  },
  unauthenticated: {
    status: 401,
    es: 'Inicia sesión para continuar.',
    en: 'Please sign in to continue.',
  },
  wrong_credentials: {
    status: 401,
    es: 'El correo o la contraseña no coinciden.',
    en: 'The e-mail or the password does not match.',
  },
  second_factor_required: {
    status: 401,
    es: 'Falta el código de tu aplicación de autenticación.',
    en: 'The code of your authenticator app is missing.',
  },
  wrong_code: {
    status: 422,
    es: 'Ese código no es válido, o ya pasó. Escribe el que muestra ahora tu aplicación.',
    en: 'That code is not valid, or its time has passed. Enter the one your app shows now.',
  },
  account_disabled: {
    status: 403,
    es: 'Esta cuenta está desactivada. Habla con quien administra la línea.',
    en: 'This account is disabled. Please talk to your administrator.',
  },
  invalid_api_key: {
    status: 401,
    es: 'Esa clave no existe, ya venció o fue retirada.',
    en: 'There is no such key, or it has expired or been withdrawn.',
  },
  scope_missing: {
    status: 403,
    es: 'A esta clave le falta el permiso «{scope}».',
    en: 'This key lacks the permission “{scope}”.',
  },
  forbidden: {
    status: 403,
    es: 'No tienes permiso para hacer esto.',
    en: 'You are not allowed to do this.',
  },
  not_found: {
    status: 404,
    es: 'No encontramos lo que buscas.',
    en: 'We could not find that.',
  },
  link_used: {
    status: 410,
    es: 'Esta liga ya se usó. Sigue en el navegador donde la abriste, o vuelve a llamar.',
    en: 'This link was used already. Go on in the browser where you opened it, or call again.',
  },
  link_expired: {
    status: 410,
    es: 'Este enlace ya venció.',
    en: 'This link has expired.',
  },
  file_arriving: {
    status: 409,
    es: 'El archivo todavía está llegando. Vuelve a intentarlo en unos segundos.',
    en: 'The file is still arriving. Try again in a few seconds.',
  },
  conflict: {
    status: 409,
    es: 'Alguien lo cambió antes que tú. Mira cómo quedó e inténtalo de nuevo.',
    en: 'Somebody changed it before you. Look at it again and retry.',
  },
  already_exists: {
    status: 409,
    es: 'Ya existe uno con ese nombre.',
    en: 'One with that name exists already.',
  },
  sample_day_exists: {
    status: 409,
    es: 'Ya hay un día de ejemplo. Quítalo antes de cargar otro.',
    en: 'There is a sample day already. Remove it before you load another.',
  },
  sample_day_is_tied: {
    status: 409,
    es: 'Alguien del día de ejemplo está unido con una persona de verdad. Deshaz esa unión y vuelve a intentarlo.',
    en: 'Somebody of the sample day is merged with a real person. Undo that merge and try again.',
  },
  offer_gone: {
    status: 409,
    es: 'Este contacto ya no te está ofrecido.',
    en: 'This contact is no longer offered to you.',
  },
  not_holder: {
    status: 409,
    es: 'Este contacto lo atiende otra persona.',
    en: 'This contact is being handled by somebody else.',
  },
  ticket_closed: {
    status: 409,
    es: 'Este contacto ya está cerrado.',
    en: 'This contact is already closed.',
  },
  wrong_state: {
    status: 409,
    es: 'Eso no se puede hacer con el contacto en su estado actual.',
    en: 'That cannot be done with the contact in its present state.',
  },
  capacity_full: {
    status: 409,
    es: 'Ya tienes todos los contactos que tu capacidad permite.',
    en: 'You already hold as many contacts as your capacity allows.',
  },
  no_telephone: {
    status: 409,
    es: 'Para hablar con alguien conecta primero tu teléfono: el micrófono, arriba a la derecha.',
    en: 'To talk to somebody, connect your telephone first: the microphone, at the top right.',
  },
  not_reachable: {
    status: 409,
    es: 'Esa persona no puede contestar ahora: está en otra llamada o no tiene su teléfono conectado.',
    en: 'That person cannot answer now: they are on another call, or their telephone is not connected.',
  },
  number_refused: {
    status: 422,
    es: 'A ese número no se puede llamar desde aquí. Escríbelo con lada; los de cobro y los de marcación corta no salen.',
    en: 'That number cannot be called from here. Write it with its area code; premium and short numbers are not called.',
  },
  unsafe_number: {
    status: 409,
    es: 'Llamar a ese número podría poner en riesgo a la persona. Usa el contacto seguro de su caso.',
    en: 'Calling that number could put the person at risk. Use the safe contact of their case.',
  },
  no_line: {
    status: 409,
    es: 'Esta línea no puede llamar a un teléfono. Elige una línea telefónica de la ciudad.',
    en: 'This line cannot call a telephone. Choose a telephone line of the city.',
  },
  call_over: {
    status: 409,
    es: 'Esa llamada ya terminó.',
    en: 'That call is over.',
  },
  in_use: {
    status: 409,
    es: 'Todavía está en uso: {count}. Muévelos antes de quitarlo.',
    en: 'It is still in use: {count}. Move them before removing it.',
  },
  grant_required: {
    status: 409,
    es: 'Esa fila es reservada: primero da a cada persona el permiso para ver lo reservado.',
    en: 'That queue is protected: first give each person the grant to see what is protected.',
  },
  case_not_found: {
    status: 404,
    es: 'No hay ningún folio con esa clave. Revisa los dos, tal como te llegaron.',
    en: 'There is no folio with that key. Check both, as you received them.',
  },
  outside_city: {
    status: 422,
    es: 'Ese lugar queda fuera del municipio. Si crees que es un error, una persona puede revisarlo.',
    en: 'That place lies outside the municipality. If you think this is wrong, a person can look at it.',
  },
  place_required: {
    status: 422,
    es: 'Para este reporte hace falta el lugar: una dirección, un cruce o un punto en el mapa.',
    en: 'This report needs a place: an address, a corner or a point on the map.',
  },
  wrong_case_step: {
    status: 409,
    es: 'Un caso en ese estado no puede pasar a «{status}».',
    en: 'A case in that state cannot go to “{status}”.',
  },
  window_closed: {
    status: 409,
    es: 'Pasaron {hours} horas desde su último mensaje: ya solo sale una plantilla. Cuando conteste podrás escribirle otra vez.',
    en: 'It is {hours} hours since their last message: only a template can be sent now. Once they answer, you can write again.',
  },
  unknown_template: {
    status: 422,
    es: 'Esa plantilla no existe o no puede salir por esta cuenta. Elige otra.',
    en: 'There is no such template, or it cannot be sent from this account. Choose another one.',
  },
  wrong_variables: {
    status: 422,
    es: 'La plantilla necesita sus {count} datos. Llénalos todos.',
    en: 'The template needs all of its values: {count}. Fill them in.',
  },
  broadcast_changed: {
    status: 409,
    es: 'Quienes siguen el caso cambiaron: ahora son {recipients}. Mira otra vez a quiénes les llega y envíalo.',
    en: 'Those who follow the case have changed: they are {recipients} now. Look again at who gets it, then send it.',
  },
  own_approval: {
    status: 403,
    es: 'Un aviso no lo aprueba quien lo escribió. Pídeselo a otra persona que supervise.',
    en: 'A notice is not approved by whoever wrote it. Ask another supervisor.',
  },
  wrong_broadcast_step: {
    status: 409,
    es: 'El aviso ya cambió y eso no se le puede hacer. Mira cómo quedó.',
    en: 'The notice has changed and that cannot be done to it. Look at it again.',
  },
  rate_limited: {
    status: 429,
    es: 'Vas muy rápido. Espera {seconds} segundos y vuelve a intentarlo; nada se perdió.',
    en: 'You are going too fast. Wait {seconds} seconds and try again; nothing was lost.',
  },
  unavailable: {
    status: 503,
    es: 'El servicio se está reiniciando. Vuelve a intentarlo en unos segundos; lo enviado antes está guardado.',
    en: 'The service is restarting. Try again in a few seconds; what you sent before is stored.',
  },
  internal: {
    status: 500,
    es: 'Algo falló de nuestro lado y ya quedó registrado. Inténtalo de nuevo.',
    en: 'Something failed on our side and has been recorded. Please try again.',
  },
} as const satisfies Record<string, Phrase & { status: number }>;

export type ErrorCode = keyof typeof errorCatalogue;
export const errorCodes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];

export type ErrorDetails = Record<string, unknown>;

/** The sentence for `code` in the reader's language, its `{placeholders}` filled from `details`. */
export function errorMessage(code: ErrorCode, locale: Locale, details: ErrorDetails = {}): string {
  return errorCatalogue[code][locale].replace(/\{(\w+)\}/g, (_, key: string) => String(details[key] ?? ''));
}
