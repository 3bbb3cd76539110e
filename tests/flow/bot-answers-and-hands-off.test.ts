import { expect, test } from 'vitest';
import { createBot } from '../../bots/index.ts';
import { deskContent } from '../../server/city/desk-content.ts';
import { play } from '../support/bot-transcript.ts';
import { sampleCity } from '../support/sample-city.ts';

const desk = deskContent(await sampleCity());
const bot = createBot();

test('greets with the name of the city and its menu', () =>
  play(
    bot,
    desk,
    `
    Ana: Hola, buenas tardes
    Bot: Hola, soy el asistente virtual de Veracruz. … ¿En qué te ayudo? … [Reportar un bache] … [Hablar con una persona]
    Ana: menú
    Bot: ¿En qué te ayudo? … [Reportar un bache] … [Hablar con una persona]
    `,
  ));

test('greets by name when it knows it', () =>
  play(
    bot,
    desk,
    `
    Ana: hola
    Bot: Hola, Ana. Soy el asistente virtual de Veracruz. …
    `,
    { name: 'Ana Ruiz' },
  ));

test('answers a topic of the menu and asks whether that helped', () =>
  play(
    bot,
    desk,
    `
    Ana: hola
    Bot: …
    Ana: [Pagar el predial]
    Bot: El predial se paga una vez al año o por bimestres. …
    Bot: ¿Con esto quedó resuelta tu duda? [Sí, gracias] [No, quiero hablar con una persona]
    Ana: sí, muchas gracias
    Bot: ¡Qué bueno! …
    `,
  ));

test('hands off with what it answered when that did not help', () =>
  play(
    bot,
    desk,
    `
    Ana: ¿Cómo saco una constancia de residencia?
    Bot: Hola, … Es el documento con que el municipio hace constar que vives aquí. …
    Bot: ¿Con esto quedó resuelta tu duda? …
    Ana: no me sirvió
    Bot: Claro. …
    → tramites · topic
    Escribió: «¿Cómo saco una constancia de residencia? / no me sirvió»
    El asistente respondió: Constancia de residencia.
    `,
  ));

test('takes a picked report to the people who note it down', () =>
  play(
    bot,
    desk,
    `
    Ana: hola
    Bot: …
    Ana: [Reportar un bache]
    Bot: Gracias por avisar. Una persona va a tomar tu reporte: Bache. …
    → servicios · topic
    Quiere reportar: Bache
    `,
  ));

test('takes a written report with its words, files and urgency', () =>
  play(
    bot,
    desk,
    `
    Ana: hay un semaforo descompuesto en la esquina
    Ana: (foto)
    Ana: (ubicación)
    Bot: Hola, … Una persona va a tomar tu reporte: Semáforo descompuesto. …
    → servicios · topic · alta
    Quiere reportar: Semáforo descompuesto
    Escribió: «hay un semaforo descompuesto en la esquina» Archivos: 1. Mandó su ubicación.
    `,
  ));

test('offers what it could be when several things match', () =>
  play(
    bot,
    desk,
    `
    Ana: predial
    Bot: Hola, … ¿Te refieres a algo de esto? …[Pagar el predial]…[Hablar con una persona]
    Ana: pagar el predial
    Bot: El predial se paga una vez al año …
    Bot: ¿Con esto quedó resuelta tu duda? …
    `,
  ));

test('takes the number of an offer for the offer', () =>
  play(
    bot,
    desk,
    `
    Ana: hola
    Bot: …
    Ana: la 5
    Bot: El predial se paga una vez al año …
    Bot: ¿Con esto quedó resuelta tu duda? …
    `,
  ));

test('asks what a photo or a place is about', () =>
  play(
    bot,
    desk,
    `
    Ana: (foto)
    Bot: Hola, … Recibí lo que mandaste, gracias. ¿De qué se trata? …
    Ana: bache
    Bot: Gracias por avisar. …
    → servicios · topic
    Quiere reportar: Bache
    Escribió: «bache» Archivos: 1.
    `,
  ));

test('asks what is going on at a place', () =>
  play(
    bot,
    desk,
    `
    Ana: (ubicación)
    Bot: Hola, … Recibí tu ubicación, gracias. ¿Qué pasa en ese lugar?
    `,
  ));

test('hands off after two misses in a row, and not before', () =>
  play(
    bot,
    desk,
    `
    Ana: xilófono
    Bot: Hola, … Perdona, no te entendí. … [Reportar un bache] …
    Ana: hola
    Bot: ¿En qué te ayudo? …
    Ana: zanahoria
    Bot: Perdona, no te entendí. …
    Ana: esdrújula
    Bot: Creo que esto lo resuelve mejor una persona. …
    → la fila general · missed
    Escribió: «xilófono / zanahoria / esdrújula»
    El asistente no entendió dos veces seguidas.
    `,
  ));

test('looks up no folio yet: a person does', () =>
  play(
    bot,
    desk,
    `
    Ana: ¿cómo va mi folio VER-2026-000123?
    Bot: Hola, … Para revisar tu folio te paso con una persona. …
    → servicios · topic
    Quiere saber cómo va su folio.
    Escribió: «¿cómo va mi folio VER-2026-000123?»
    `,
  ));

test('says goodbye', () =>
  play(
    bot,
    desk,
    `
    Ana: hola
    Bot: …
    Ana: muchas gracias, es todo
    Bot: Gracias a ti. …
    `,
  ));

test('speaks English to those who do, and Spanish to the operator', () =>
  play(
    bot,
    desk,
    `
    Ana: Hello
    Bot: Hello, I am the virtual assistant of Veracruz. … [Report a pothole] … [Talk to a person]
    Ana: how do I pay the property tax?
    Bot: Property tax is paid once a year or every two months. …
    Bot: Did that answer your question? [Yes, thank you] [No, I want to talk to a person]
    Ana: [No, I want to talk to a person]
    Bot: Of course. …
    → tramites · topic
    Escribió: «how do I pay the property tax?»
    El asistente respondió: Pagar el predial.
    `,
    { locale: 'en' },
  ));

test('starts afresh from a state of another version', async () => {
  const outcome = await bot.turn(
    {
      conversationId: 'c',
      ticketId: 't',
      channel: 'chat',
      locale: 'es',
      citizenName: null,
      consent: null,
      messages: [],
      state: { version: 0, data: { greeted: true, said: 'not a list' } },
      now: new Date('2026-03-02T18:00:00Z'),
    },
    desk,
  );
  expect(JSON.stringify(outcome.replies)).toContain('Hola, soy el asistente virtual');
});

test('keeps a hundred conversations apart at once', async () => {
  const turns = Array.from({ length: 100 }, (_, i) =>
    play(bot, desk, i % 2 ? 'Ana: bache\nBot: …\n→ servicios · topic\n…\n…' : 'Ana: carnaval\nBot: …Carnaval…\nBot: …'),
  );
  await Promise.all(turns);
});

test('answers the one and takes down the other when two things are asked at once', () =>
  play(
    bot,
    desk,
    `
    Ana: hay un bache enfrente de mi casa y también quiero saber cómo pago el predial
    Bot: Hola, … El predial se paga una vez al año o por bimestres. …
    Bot: Gracias por avisar. Una persona va a tomar tu reporte: Bache. …
    → servicios · topic
    Quiere reportar: Bache
    Escribió: «hay un bache enfrente de mi casa y también quiero saber cómo pago el predial»
    `,
  ));

test('takes two reports down as one', () =>
  play(
    bot,
    desk,
    `
    Ana: quiero reportar una fuga de agua. Además no sirve el semáforo de la esquina
    Bot: Hola, … tu reporte: … y ….
    → servicios · topic · alta
    Quiere reportar: … y …
    Escribió: «quiero reportar una fuga de agua. Además no sirve el semáforo de la esquina»
    `,
  ));

test('answers two questions and asks once whether that helped', () =>
  play(
    bot,
    desk,
    `
    Ana: ¿cómo saco la cartilla militar? ¿y cómo saco una constancia de residencia?
    Bot: Hola, …
    Bot: …
    Bot: ¿Con esto quedó resuelta tu duda? …
    Ana: sí
    Bot: ¡Qué bueno! …
    `,
  ));
