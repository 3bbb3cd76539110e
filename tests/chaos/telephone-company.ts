import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createSimulator, type Simulator } from '../../channels/simulator/create-simulator.ts';
import { systemTimers } from '../../channels/simulator/world/timers.ts';
import { identityOf } from '../../channels/voice/twilio/room.ts';
import { loadCity } from '../../server/city/load-city.ts';
import type { TwilioSettings } from '../../server/contract/messaging.ts';

/** Nobody has the time to hear whole sentences: at this company a second is over in so much of one. */
const SECOND = 0.15;
const LINE = 'voz';

/** The emulated Twilio of the city's telephone line, outside of what is killed. */
export interface TelephoneCompany {
  settings: TwilioSettings;
  /** Somebody with a telephone of their own calls the city. */
  call(name: string, phone: string): ReturnType<ReturnType<Simulator['phone']>['call']>;
  /** An operator's headset, which answers at once. */
  headset(operatorId: string): void;
  stop(): Promise<void>;
}

export async function openTelephoneCompany(serverUrl: string): Promise<TelephoneCompany> {
  const city = await loadCity(path.resolve(import.meta.dirname, '../../cities/veracruz'));
  const account = city.accounts.find(({ id }) => id === LINE);
  if (!account) throw new Error(`The sample city has no account ${LINE}`);
  const simulator = await createSimulator({
    serverUrl,
    forgot: true,
    timers: { after: (seconds, work) => systemTimers.after(seconds * SECOND, work) },
  });
  const settings = simulator.settingsFor(account);
  if (settings.provider !== 'twilio') throw new Error('The sample city moved its line');
  const bin = await openBin(`${serverUrl}/webhooks/twilio/voice/step`);
  return {
    settings,
    call(name, phone) {
      const person = simulator.world.personByPhone(phone) ?? simulator.person({ name, phone });
      const call = simulator.phone(person.id, LINE).call();
      const placed = simulator.telephony.calls.get(call.sid);
      if (placed) placed.fallback = { url: bin.url, method: 'POST' };
      return call;
    },
    headset: (operatorId) => void simulator.telephone(identityOf(operatorId)),
    async stop() {
      bin.stop();
      await simulator.stop();
    },
  };
}

/** What Twilio itself answers while the server is away, as docs/telephone.md has cities set it up. */
async function openBin(goesOnAt: string): Promise<{ url: string; stop(): void }> {
  const document = `<Response><Say language="es-MX">Un momento.</Say><Pause length="8"/><Redirect>${goesOnAt}</Redirect></Response>`;
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/xml' }).end(document),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
