import { describe, expect, test } from 'vitest';
import { bounceReason } from '../../channels/email/automatic/bounce-reasons.ts';
import { isVacationSubject } from '../../channels/email/automatic/vacation-subjects.ts';
import { whyAutomatic } from '../../channels/email/automatic/why-automatic.ts';

describe('the subject of', () => {
  test.for([
    ...['Respuesta automática: Bache', 'Automatic reply: Pothole', 'Fuera de la oficina', 'Fuera de la oficina: Bache'],
    ...[
      'Fuera de la oficina hasta el 5 de enero',
      'Out of Office',
      'Out of office until Monday',
      'OOO: Bache',
      'Autoreply: x',
    ],
    ...[
      'Automatische Antwort: Schlagloch',
      'Abwesenheitsnotiz: Schlagloch',
      'Réponse automatique : trou',
      '自动回复: 路灯',
    ],
    ...[
      'Resposta automática: Buraco',
      'Risposta automatica: Buca',
      'Автоматический ответ: Яма',
      'Automatisch antwoord: Gat',
    ],
  ])('a notice: %s', (subject) => {
    expect(isVacationSubject(subject)).toBe(true);
  });

  test.for([
    ...['RE: Respuesta automática: Bache', 'Vacaciones en la alberca', 'Fuera de la oficina de Tránsito hay un bache'],
    ...[
      'Bache fuera de la oficina',
      'Estoy de vacaciones y me robaron el medidor',
      'Out of office hours: who do I call?',
    ],
    ...['On vacation rental taxes', 'Afwezige containers', 'Pregunta sobre la respuesta automática'],
  ])('a person: %s', (subject) => {
    expect(isVacationSubject(subject)).toBe(false);
  });
});

describe('a header makes a mail automatic', () => {
  const why = (...headers: [string, string][]) =>
    whyAutomatic({
      headers: headers.map(([key, value]) => ({ key, value })),
      subject: 'Bache',
      fromAddress: 'ana@example.com',
      reportType: null,
      bounce: null,
    })?.auto ?? null;

  test.for([
    ['auto-submitted', 'auto-replied', 'auto-reply'],
    ['auto-submitted', 'auto-generated', 'auto-reply'],
    ['auto-submitted', 'no', null],
    ['auto-submitted', 'No; owner-email="x"', null],
    ['precedence', 'auto_reply', 'auto-reply'],
    ['precedence', 'junk', 'auto-reply'],
    ['precedence', 'bulk', 'list'],
    ['precedence', 'list', 'list'],
    ['precedence', 'normal', null],
    ['x-autoreply', 'yes', 'auto-reply'],
    ['x-autoreply', 'no', null],
    ['x-auto-response-suppress', 'OOF, AutoReply', 'auto-reply'],
    ['x-auto-response-suppress', 'DR, RN', null],
    ['return-path', '<>', 'auto-reply'],
    ['return-path', '<ana@example.com>', null],
    ['list-id', '<vecinos.example.org>', 'list'],
    ['list-unsubscribe', '<https://x.example>', 'list'],
    ['x-linea-ciudadana', 'acuse', 'loop'],
    ['subject', 'Bache', null],
  ] as const)('%s: %s', ([key, value, auto]) => {
    expect(why([key, value])).toBe(auto);
  });

  test('our own counts before any other', () => {
    expect(why(['auto-submitted', 'auto-replied'], ['x-linea-ciudadana', 'acuse'])).toBe('loop');
  });
});

test.for([
  ['5.1.1', '', 'La dirección no existe.'],
  ['5.2.2', '', 'El buzón está lleno.'],
  ['5.0.0', '550 no such user here', 'La dirección no existe.'],
  [null, 'Domain not found', 'El dominio de la dirección no existe o no recibe correo.'],
  [
    '5.7.26',
    'This mail has been blocked because the sender is unauthenticated',
    'El otro servidor no pudo comprobar que venimos de quien decimos (SPF, DKIM o DMARC).',
  ],
  ['5.7.1', '554 blocked using zen.spamhaus.org', 'El otro servidor lo tomó por correo no deseado.'],
  ['5.3.4', '', 'El mensaje pesa más de lo que el otro servidor acepta.'],
  [null, '???', 'El otro servidor no lo entregó.'],
] as const)('a bounce of status %s that says %j', ([status, said, reason]) => {
  expect(bounceReason(status, said, false).es).toBe(reason);
});
