/** Words of the parts that are loaded later. `{name}` is a placeholder. */
export const es = {
  folio: 'Folio',
  changed: 'Tu reporte cambió a',
  promise: 'A más tardar el {day}',
  secret: 'Clave',
  secretHint: 'Guárdala: con ella y tu folio ves cómo va.',
  seeFolio: 'Ver mi folio',
  copyFolio: 'Copiar folio {folio}',
  copySecret: 'Copiar clave {secret}',
  copy: 'Copiar',
  copied: 'Copiado',
  notCopied: 'No se pudo copiar: mantenlo presionado para seleccionarlo.',

  location: 'Ubicación',
  seeMap: 'Ver en el mapa',

  useLocation: 'Usar mi ubicación',
  locating: 'Buscando tu ubicación…',
  putOnMap: 'Poner en el mapa',
  orWrite: 'O escribe la dirección abajo: te sugerimos mientras escribes.',
  locationDenied:
    'No tenemos permiso de ver tu ubicación. Actívalo en tu navegador, ponla en el mapa o escribe la dirección.',
  locationUnknown: 'Tu equipo no supo decir dónde estás. Ponlo en el mapa o escribe la dirección.',
  locationInsecure:
    'Esta página no es segura (https), y por eso tu navegador no comparte la ubicación. Ponla en el mapa o escribe la dirección.',
  youAreOutside:
    'Parece que estás fuera del municipio de {city}. Pon en el mapa el lugar del reporte o escribe la dirección.',

  takePhoto: 'Tomar foto',
  choosePhoto: 'Elegir foto',
  noPhoto: 'Sin foto',

  mapTitle: '¿Dónde es?',
  mapHint: 'Mueve el mapa hasta que el punto quede en el lugar.',
  closer: 'Acercar aquí',
  here: 'Es aquí',
  lookingUp: 'Buscando la dirección…',
  near: 'Cerca de {place}',
  somewhere: 'Punto en el mapa',
  outside: 'Queda fuera del municipio de {city}.',
  mapFailed: 'No pudimos abrir el mapa en este equipo. Escribe la dirección y seguimos.',
  mapLoading: 'Abriendo el mapa…',

  callOpening: 'Abriendo la llamada…',
  callFailed: 'No pudimos abrir la llamada en este equipo. Revisa tu conexión, o escríbenos por el chat.',

  linkOpening: 'Abriendo la conversación de tu llamada…',
  linkSure: '¿Abrir la conversación de tu llamada?',
  linkEffect: 'En este equipo ya hay otra conversación, y dejarás de verla aquí. El municipio la conserva.',
  linkYes: 'Abrir la de mi llamada',
  linkNo: 'Quedarme en esta',
  linkFailed: 'No pudimos abrir la conversación de tu llamada',
  linkOffline: 'Revisa tu conexión e inténtalo otra vez.',
  linkAgain: 'Intentar otra vez',
  linkClose: 'Entendido',

  suggestions: 'Lugares parecidos',
  suggestionCount: '{count} sugerencias. Con las flechas se recorren, con Enter se elige.',
  oneSuggestion: '1 sugerencia. Con la flecha hacia abajo llegas a ella, con Enter la eliges.',

  ended: 'Esta conversación terminó',
  rateQuestion: '¿Cómo te atendimos?',
  rateScore: '{score} de 5',
  rateLow: 'Mal',
  rateHigh: 'Muy bien',
  rateComment: '¿Quieres contarnos algo más?',
  rateSend: 'Enviar calificación',
  rated: 'Gracias por tu opinión.',
  again: 'Volver a escribir',
  keep: 'Descargar',
};

export type Phrases = typeof es;
