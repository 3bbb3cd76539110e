import { expect } from 'vitest';
import type { CallScript } from './script.ts';

const REPORTS_FROM = '+522293900001';

/** Calls that the bot alone has, and how people leave it. */
export const withTheBot: CallScript[] = [
  {
    title: 'hangs up during the greeting',
    outcome: 'abandoned',
    abandonedIn: 'bot',
    lasted: { bot: [1, 30], wait: [0, 0], talk: [0, 0] },
    events: ['call_began', 'closed'],
    async play(floor) {
      const caller = await floor.calls();
      await caller.hears(/llamas a Línea Veracruz/);
      await floor.pass(2);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'hears an article, a few sentences at a time',
    outcome: 'self_service',
    lasted: { bot: [20, 300], wait: [0, 0] },
    async play(floor) {
      const caller = await floor.calls();
      await caller.hears(/marca 0/);
      caller.says('cómo pago el predial');
      await caller.hears(/predial.*¿Quieres que siga\?.*mensaje, marca 2/);
      caller.presses('1');
      await caller.hears(/comprobante.*¿Con esto quedó resuelta/);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'says goodbye, and the city hangs up',
    outcome: 'self_service',
    async play(floor) {
      const caller = await floor.calls();
      await caller.hears(/marca 0/);
      caller.says('no gracias, adiós');
      await caller.hears(/Gracias por llamar/);
      await floor.happens(() => caller.isOver(), 'the city to hang up');
      return caller;
    },
  },
  {
    title: 'reports a pothole in words, and gets the folio as a text',
    outcome: 'self_service',
    disposition: 'canalizado',
    async play(floor) {
      const caller = await floor.calls({ phone: REPORTS_FROM });
      await caller.hears(/marca 0/);
      caller.says('quiero reportar un bache');
      await caller.hears(/¿Dónde está\?/);
      caller.says('hidalgo y madero');
      await caller.hears(/¿Hay algún dato que ayude.*marca 1/);
      caller.says('no');
      await caller.hears(/Dónde: Hidalgo y Madero.*¿Lo envío\?.*marca 1/);
      caller.presses('1');
      await caller.hears(/Tu folio es V, E, R, guion, dos mil.*por mensaje.*marca 1/);
      caller.says('sí');
      await caller.hears(/te llega en un momento.*algo más/);
      caller.presses('2');
      await caller.hears(/Gracias por llamar/);
      const sent = await floor.happens(
        () =>
          floor.simulator
            .messages()
            .find(({ accountId, personId }) => accountId === 'sms' && personId === caller.personId),
        'the text with the folio',
      );
      expect(JSON.stringify(sent.content)).toMatch(/Bache. Folio VER-20\d\d-\d{6}, clave [0-9A-Z]{4}-[0-9A-Z]{4}/);
      await floor.happens(() => caller.isOver(), 'the city to hang up');
      return caller;
    },
  },
  {
    title: 'calls again, and hears by keys how the report is going',
    outcome: 'self_service',
    async play(floor) {
      const caller = await floor.calls({ phone: REPORTS_FROM });
      await caller.hears(/marca 1/);
      caller.presses('1');
      await caller.hears(/Bache en Hidalgo y Madero: recibido/);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'keys a folio that is not theirs, and learns nothing of it',
    outcome: 'self_service',
    async play(floor) {
      const caller = await floor.calls();
      await caller.hears(/marca 1/);
      caller.presses('1');
      await caller.hears(/¿Qué folio quieres revisar\?/);
      caller.presses('000001#');
      await caller.hears(/no está entre los reportes de este teléfono.*clave/);
      caller.says('ka siete cu equis cuatro eme dos pe');
      await caller.hears(/No puedo abrir ese folio/);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'speaks English by key 9',
    outcome: 'self_service',
    async play(floor) {
      const caller = await floor.calls();
      await caller.hears(/For English, press 9/);
      caller.presses('9');
      await caller.hears(/How can I help you/);
      caller.says('there is a big pothole in my street');
      await caller.hears(/Where is it\?/);
      expect(caller.line.captions().at(-1)?.language).toMatch(/^en/);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'is not understood twice, and waits for a person',
    outcome: 'abandoned',
    abandonedIn: 'queue',
    events: ['call_began', 'queued', 'closed'],
    async play(floor) {
      const caller = await floor.calls();
      await caller.hears(/marca 0/);
      caller.says('blablabla tiki taka');
      await caller.hears(/no te entendí/);
      caller.says('asdf qwer zxcv');
      await caller.hears(/lo resuelve mejor una persona.*Tu llamada es la siguiente/);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'says nothing, twice, and waits for a person',
    outcome: 'abandoned',
    abandonedIn: 'queue',
    async play(floor) {
      const caller = await floor.calls();
      await caller.hears(/¿Sigues ahí\?.*No te escucho bien.*Tu llamada es la siguiente/, 180);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'asks for an operator in the midst of a report',
    outcome: 'abandoned',
    abandonedIn: 'queue',
    async play(floor) {
      const caller = await floor.calls();
      await caller.hears(/marca 0/);
      caller.says('quiero reportar una fuga de agua');
      await caller.hears(/¿Dónde está\?/);
      caller.says('operador');
      await caller.hears(/Le paso a una persona.*Tu llamada es la siguiente/);
      const { ticketId } = await caller.view();
      const { db } = floor.centre.server.context.database;
      const ticket = await db.selectFrom('ticket').selectAll().where('id', '=', ticketId).executeTakeFirstOrThrow();
      expect(ticket.summary).toMatch(/Reporte sin enviar: Fuga de agua/);
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'is in danger: the number to call at once, the head of the urgent queue, and no other way but the line',
    outcome: 'abandoned',
    abandonedIn: 'queue',
    async play(floor) {
      const caller = await floor.calls();
      await caller.hears(/marca 0/);
      caller.says('auxilio se está quemando la casa');
      const heard = await caller.hears(/marca nueve once.*Tu llamada es la siguiente/);
      expect(heard).not.toMatch(/marca 1/);
      const { ticketId } = await caller.view();
      const { db } = floor.centre.server.context.database;
      const ticket = await db.selectFrom('ticket').selectAll().where('id', '=', ticketId).executeTakeFirstOrThrow();
      expect(ticket).toMatchObject({ queue_id: 'urgente', priority: 0 });
      await caller.hangsUp();
      return caller;
    },
  },
  {
    title: 'tells of violence: first what to do should the call drop; a number that is not safe is never called',
    outcome: 'abandoned',
    abandonedIn: 'queue',
    async play(floor) {
      const caller = await floor.calls();
      await caller.hears(/marca 0/);
      caller.says('mi marido me está pegando');
      await caller.hears(/marca nueve once.*cero siete nueve.*si se corta.*Marca 1 si sí/is);
      caller.presses('2');
      const heard = await caller.hears(/Tu llamada es la siguiente/);
      expect(heard).not.toMatch(/te llamemos|WhatsApp/);
      expect((await caller.view()).recording).toBe('protected');
      await caller.hangsUp();
      return caller;
    },
  },
];
