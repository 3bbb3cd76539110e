import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { INLET_TOKEN, mailText, postMail } from '../support/mail.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let mailServer: MailServer;
let centre: ContactCentre;
let elena: OperatorClient;

beforeAll(async () => {
  mailServer = await startMailServer();
  centre = await startCaseCentre({
    settings: { MAIL_INLET_TOKEN: INLET_TOKEN, MAIL_CHECK_SENDERS: 'false', ...mailServer.settings },
  });
  elena = await centre.operator('elena');
});
afterAll(async () => {
  await centre?.stop();
  await mailServer?.stop();
});

test('whoever reported by mail hears by mail, in the same thread, also when the contact is long over', async () => {
  const from = `rosa.${randomUUID().slice(0, 8)}@example.org`;
  const messageId = `${randomUUID()}@example.org`;
  const { ticketId } = await postMail(centre.url, mailText({ from, messageId, subject: 'Un bache' }));
  await elena.call(api.takeTicket, { params: { id: ticketId ?? '' } });
  const opened = await opens(elena, { ticketId: ticketId ?? '' });
  const first = await mailServer.mailTo(from, 'quedó registrado');
  expect(first.text).toContain(opened.folio);
  expect(first.inReplyTo).toBe(`<${messageId}>`);

  await elena.close(ticketId ?? '');
  await elena.call(api.changeCaseStatus, {
    params: { id: opened.id },
    body: { status: 'solved', version: 1, update: 'Se tapó el martes.' },
  });
  const news = await mailServer.mailTo(from, 'se marcó como resuelto');
  expect(news.text).toContain('Se tapó el martes.');
  expect(news.text).toContain(`/folio#${opened.folio}.`);
  expect(news.subject).toMatch(/^Re: Un bache \[#\d+\]$/);
  expect([news.references].flat()).toContain(`<${messageId}>`);
  expect(news.headers.has('auto-submitted')).toBe(true);
});
