/** What operators write, in the order of a contact. `{name}` is filled in. */
export const greetings = [
  'Hola {name}, ya leí lo que escribiste. ¿Me confirmas que es así?',
  'Buenas, {name}. Con gusto te ayudo. ¿Me dices en qué calle es?',
  'Hola {name}, gracias por esperar. ¿Es algo de hoy o ya lleva días?',
];
export const inquiries = [
  '¿Me das tu nombre completo, por favor?',
  '¿La dirección que tengo es correcta?',
  '¿Ya lo habías reportado antes?',
];
export const checking = ['Permíteme un momento, lo estoy revisando.', 'Gracias, lo consulto y te digo.'];
export const answers = [
  'Listo, ya quedó registrado y el área lo recibe hoy mismo. ¿Te ayudo en algo más?',
  'Puedes hacerlo en línea o en las oficinas de lunes a viernes de 9 a 15 horas, con tu identificación. ¿Te ayudo en algo más?',
  'Ya avisé a la cuadrilla de la zona; te llegará la actualización por este medio. ¿Te ayudo en algo más?',
  'Tu reporte sigue en proceso y está dentro de su plazo. ¿Te ayudo en algo más?',
];
export const farewells = [
  'Gracias por escribir a la línea. ¡Que tengas buen día!',
  'Para servirte, {name}. Hasta luego.',
];
export const letters = [
  'Gracias por escribirnos. Ya canalizamos tu solicitud con el área correspondiente; recibirás respuesta en los próximos días hábiles.',
  'Con gusto te informamos que el trámite se hace en las oficinas municipales de lunes a viernes de 9 a 15 horas, o en línea. Necesitas identificación y comprobante de domicilio.',
  'Recibimos tu mensaje y lo registramos. Si tienes fotografías o más datos, puedes responder a este mismo correo.',
];
export const notes = [
  'Se escucha preocupada, pide que le avisen hoy.',
  'Ya hay otros reportes en la misma calle.',
  'Llamó ayer por lo mismo.',
  'Se le explicó el plazo.',
];
