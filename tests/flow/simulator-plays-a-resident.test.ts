import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;

beforeAll(async () => {
  centre = await startContactCentre();
});
afterAll(() => centre.stop());

const simulator = () => {
  const { simulator: running } = centre.server;
  if (!running) throw new Error('no simulator runs');
  return running;
};

test.each(['whatsapp', 'whatsapp-proteccion-civil', 'sms', 'messenger', 'instagram'])(
  'the bot answers whoever writes by %s, and what it says arrives',
  async (accountId) => {
    const phone = simulator().phone('ana', accountId);
    const sent = phone.text('¿Cómo pago el predial?');
    const answers = () => phone.messages().filter(({ from }) => from === 'city');
    await until(() => answers().length > 0, { what: 'an answer' });
    expect(JSON.stringify(answers()[0]?.content)).toMatch(/predial|privacidad/i);
    await until(() => answers().every(({ status }) => status === 'delivered'), { what: 'all of it delivered' });
    expect(['delivered', 'read']).toContain(sent.status);
  },
);
