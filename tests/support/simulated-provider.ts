import { createSimulator, type Simulator } from '../../channels/simulator/create-simulator.ts';
import { type CityAccount, templateSchema } from '../../server/contract/messaging.ts';
import { createManualTimers, type ManualTimers } from './manual-timers.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import { openWebhookInbox, type WebhookInbox } from './webhook-inbox.ts';

export const accounts = {
  whatsapp: { id: 'whatsapp', channel: 'whatsapp', provider: 'meta', name: 'WhatsApp', address: '+522291000100' },
  civil: { id: 'whatsapp-civil', channel: 'whatsapp', provider: 'twilio', name: 'Civil', address: '+522291000200' },
  sms: { id: 'sms', channel: 'sms', provider: 'twilio', name: 'SMS', address: '+522291000300' },
  voice: { id: 'voz', channel: 'voice', provider: 'twilio', name: 'Línea', address: '+522291000400' },
  messenger: { id: 'messenger', channel: 'messenger', provider: 'meta', name: 'Messenger', address: 'LineaVeracruz' },
  instagram: { id: 'instagram', channel: 'instagram', provider: 'meta', name: 'Instagram', address: 'linea.veracruz' },
} as const satisfies Record<string, CityAccount>;

export const CONTENT_SID = `HX${'a1'.repeat(16)}`;
export const template = templateSchema.parse({
  id: 'seguimiento',
  title: { es: 'Seguimiento', en: 'Follow-up' },
  name: 'seguimiento_reporte',
  language: 'es_MX',
  category: 'UTILITY',
  body: 'Tu reporte {{1}} está {{2}}.',
  variables: [
    { label: { es: 'Folio', en: 'Folio' }, example: 'VER-1' },
    { label: { es: 'Estado', en: 'Status' }, example: 'resuelto' },
  ],
  contentSid: CONTENT_SID,
});

/** The emulated providers with a city that only listens, and time in the test's hands. */
export interface SimulatedProvider {
  simulator: Simulator;
  city: WebhookInbox;
  clock: TestClock;
  timers: ManualTimers;
  /** Lets seconds pass, and what they set off be done. */
  pass(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export async function startSimulatedProvider(): Promise<SimulatedProvider> {
  const city = await openWebhookInbox();
  const clock = createTestClock();
  const timers = createManualTimers();
  const simulator = await createSimulator({
    serverUrl: city.url,
    templates: () => [template],
    clock,
    timers,
    random: () => 0.5,
    secret: 'for tests',
  });
  for (const account of Object.values(accounts)) simulator.settingsFor(account);
  return {
    simulator,
    city,
    clock,
    timers,
    async pass(seconds) {
      await simulator.quiet();
      let left = seconds;
      // Step by step: what comes of the first thing that is due may be due within the same time.
      while (left > 0) {
        const step = Math.min(left, timers.waiting()[0] ?? left);
        clock.advance(step);
        timers.pass(step);
        left -= step;
        await simulator.quiet();
      }
    },
    async close() {
      await simulator.stop();
      await city.close();
    },
  };
}
