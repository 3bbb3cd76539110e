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
  second_step_missing: {
    status: 403,
    es: 'Tu rol pide un segundo paso para entrar. Actívalo y podrás seguir.',
    en: 'Your role requires a second step to sign in. Set it up to go on.',
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
  permission_missing: {
    status: 403,
    es: 'Nadie da ni quita permisos que no tiene. Pídeselo a quien los tenga todos.',
    en: 'Nobody gives or takes permissions they do not have. Ask somebody who has them all.',
  },
  mail_off: {
    status: 409,
    es: 'Aquí no sale correo: no hay servidor de salida. Entrega el enlace a mano.',
    en: 'No mail leaves from here: there is no outgoing server. Hand over the link yourself.',
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
  merge_closed: {
    status: 409,
    es: 'El contacto #{number} ya está cerrado: solo se unen contactos abiertos.',
    en: 'Contact #{number} is already closed: only open contacts can be merged.',
  },
  merge_with_bot: {
    status: 409,
    es: 'El contacto #{number} todavía lo atiende el asistente. Tómalo primero y después únelo.',
    en: 'Contact #{number} is still with the assistant. Take it first, then merge it.',
  },
  merge_in_call: {
    status: 409,
    es: 'En el contacto #{number} hay una llamada o alguien espera que le llamen. Únelo cuando termine.',
    en: 'Contact #{number} has a call, or somebody waits to be called back. Merge it once that is over.',
  },
  merge_held: {
    status: 409,
    es: 'El contacto #{number} lo tiene {name}. Solo quien supervisa puede unirlo sin que lo suelte.',
    en: 'Contact #{number} is in the hands of {name}. Only a supervisor can merge it while they have it.',
  },
  merge_two_people: {
    status: 409,
    es: 'Son de dos personas: {one} y {other}. Confirma que quieres unir los contactos y no a las personas.',
    en: 'They belong to two people: {one} and {other}. Confirm that you want to merge the contacts and not the people.',
  },
  merge_needs_grant: {
    status: 409,
    es: 'Lo que se une está protegido, y {name}, que tiene el contacto #{number}, no puede verlo.',
    en: 'What would be merged is protected, and {name}, who has contact #{number}, may not see it.',
  },
  merge_already: {
    status: 409,
    es: 'Ese contacto ya es parte del #{number}.',
    en: 'That contact is already part of #{number}.',
  },
  merge_final: {
    status: 409,
    es: 'Ya no se puede separar: en el contacto #{number} se escribió o se unió algo después, o ya se cerró.',
    en: 'They can no longer be parted: something was written in or merged into contact #{number} since, or it was closed.',
  },
  colleague_unseen: {
    status: 409,
    es: '{name} no puede ver este contacto. Escríbele sin él, o pásaselo.',
    en: '{name} may not see this contact. Write without it, or pass it on.',
  },
  follow_up_unseen: {
    status: 409,
    es: '{name} no puede ver este contacto. Elige a alguien de su fila o a la fila misma.',
    en: '{name} may not see this contact. Choose somebody of its queue, or the queue itself.',
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
  last_administrator: {
    status: 409,
    es: 'Es la última persona que administra. Antes da ese rol a alguien más.',
    en: 'This is the last person who administers. Give that role to somebody else first.',
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
  translation_off: {
    status: 409,
    es: 'Aquí no hay traducción: no se ha configurado un modelo de lenguaje.',
    en: 'There is no translation here: no language model has been set up.',
  },
  translation_protected: {
    status: 409,
    es: 'Este contacto está protegido y lo que se dijo no sale de aquí, tampoco para traducirlo.',
    en: 'This contact is protected and what was said does not leave, not even to be translated.',
  },
  translation_failed: {
    status: 502,
    es: 'El traductor no respondió. Los mensajes y lo que escribiste siguen como estaban; inténtalo de nuevo.',
    en: 'The translator did not answer. Messages and what you wrote are as they were; try again.',
  },
  answer_required: {
    status: 422,
    es: 'Falta contestar: {question}',
    en: 'An answer is missing: {question}',
  },
  answer_unreadable: {
    status: 422,
    es: 'Esa respuesta no va con la pregunta: {question}',
    en: 'That answer does not fit the question: {question}',
  },
  department_in_use: {
    status: 409,
    es: 'Esta área todavía atiende: {cases} casos abiertos, {services} servicios y {people} personas. Elige a cuál pasan.',
    en: 'This department is still at work: {cases} open cases, {services} services and {people} people. Choose who takes them over.',
  },
  protected_service: {
    status: 409,
    es: 'Este servicio protege a quien lo usa: no se puede quitar desde aquí.',
    en: 'This service protects those who use it: it cannot be taken away here.',
  },
  phrase_variable_unknown: {
    status: 422,
    es: '«{variable}» no es un dato de esta frase. Los que hay: {known}.',
    en: '“{variable}” is nothing that this sentence knows. It knows: {known}.',
  },
  phrase_variable_missing: {
    status: 422,
    es: 'A la frase le falta {variable} ({language}): sin eso, a quien la lee le faltaría el dato.',
    en: 'The sentence lacks {variable} ({language}): whoever reads it would miss it.',
  },
  phrase_too_long: {
    status: 422,
    es: 'La frase es demasiado larga para donde se dice: el máximo es de {max} caracteres.',
    en: 'The sentence is too long for where it is said: the limit is {max} characters.',
  },
  own_contact: {
    status: 409,
    es: 'Quien atendió un contacto no lo califica. Pídeselo a otra persona.',
    en: 'Whoever handled a contact does not score it. Ask somebody else.',
  },
  not_reviewable: {
    status: 409,
    es: 'Solo se revisa un contacto cerrado que haya atendido una persona.',
    en: 'Only a closed contact that a person has handled can be reviewed.',
  },
  answers_missing: {
    status: 422,
    es: 'Faltan respuestas: {count}. Lo que contestaste está guardado.',
    en: 'Answers are missing: {count}. What you have answered is kept.',
  },
  nothing_applies: {
    status: 422,
    es: 'Si nada aplica no hay calificación. Mejor descarta la revisión y di por qué.',
    en: 'If nothing applies there is no score. Leave the review out instead, and say why.',
  },
  reviewers_need_grant: {
    status: 409,
    es: 'Este contacto es reservado: elige solo a personas que pueden ver lo reservado.',
    en: 'This contact is protected: choose only people who may see what is protected.',
  },
  person_erased: {
    status: 409,
    es: 'De esa persona ya no se guarda nada: sus datos se borraron.',
    en: 'Nothing is held about that person any more: their data were erased.',
  },
  person_on_hold: {
    status: 409,
    es: 'Hay una retención legal sobre esa persona o un caso suyo. Mientras siga, no se puede borrar nada.',
    en: 'There is a legal hold on that person or on a case of theirs. While it stands nothing can be erased.',
  },
  person_has_open_matters: {
    status: 409,
    es: 'Todavía se le debe respuesta: {what}. Cierra esos contactos y pide a la dependencia que termine esos casos; luego se puede borrar.',
    en: 'They are still owed an answer: {what}. Close those contacts and ask the department to finish those cases; then it can be erased.',
  },
  request_open: {
    status: 409,
    es: 'Esa persona ya tiene una solicitud en curso. Termínala o retírala primero.',
    en: 'That person has a request under way already. Finish or withdraw it first.',
  },
  own_confirmation: {
    status: 403,
    es: 'Borrar a una persona lo confirma alguien distinto de quien lo pidió.',
    en: 'To erase a person is confirmed by somebody other than who asked for it.',
  },
  wrong_request_step: {
    status: 409,
    es: 'La solicitud ya cambió y eso no se le puede hacer. Mira cómo quedó.',
    en: 'The request has changed and that cannot be done to it. Look at it again.',
  },
  retention_runs: {
    status: 409,
    es: 'Ya se está borrando lo que pasó de su plazo. Espera a que termine.',
    en: 'What is past its term is being erased already. Wait until that has ended.',
  },
  import_unreadable: {
    status: 422,
    es: 'No es un archivo CSV o de Excel que se pueda leer: {why}.',
    en: 'This is no CSV or Excel file that can be read: {why}.',
  },
  import_too_long: {
    status: 413,
    es: 'El archivo tiene más de {max} filas. Pártelo en varios.',
    en: 'The file has more than {max} rows. Split it into several.',
  },
  import_column_missing: {
    status: 422,
    es: 'Falta decir qué columna es: {what}.',
    en: 'It is still to be said which column is: {what}.',
  },
  wrong_import_step: {
    status: 409,
    es: 'La importación ya cambió y eso no se le puede hacer. Mira cómo quedó.',
    en: 'The import has changed and that cannot be done to it. Look at it again.',
  },
  import_built_upon: {
    status: 409,
    es: 'Ya se trabajó sobre {count} de lo importado: no se puede deshacer completo.',
    en: 'People have worked on {count} of what was imported: it cannot be undone as a whole.',
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
