import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../support/until.ts';
import { postTwilioText, postWhatsAppTexts } from '../support/webhooks.ts';
import type { FedText } from './evidence.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

const ANSWER_MS = 10_000;

/** Somebody who texts by SMS or WhatsApp. Their provider brings each text until it is told that it was taken. */
export interface ChaosTexter {
  fed: FedText[];
  write(done: () => boolean): Promise<void>;
}

export interface TexterPlace extends Pick<Stage, 'url' | 'accounts'> {
  way: 'sms' | 'whatsapp';
  /** Ten digits. */
  number: string;
}

const sayings = ['¿Dónde pago el predial?', 'Buenas tardes', 'ya llevo rato', 'quiero hablar con una persona'];

export function createChaosTexter({ url, accounts, way, number }: TexterPlace, random: Random): ChaosTexter {
  const fed: FedText[] = [];
  let count = 0;

  function compose(): FedText {
    count += 1;
    const serial = `${number}${String(count).padStart(6, '0')}`;
    return {
      person: `${way}:${number}`,
      externalId: way === 'sms' ? `SM${serial.padStart(32, '0')}` : `wamid.${Buffer.from(serial).toString('base64')}`,
      text: `${random.pick(sayings)} (${serial})`,
      fedAt: performance.now(),
      takenAt: null,
    };
  }

  function bring(texts: readonly FedText[]): Promise<Response> {
    if (way === 'whatsapp') {
      // The same person, as Meta writes the numbers of Mexican mobiles and as everybody else does.
      const from = random.next() < 0.5 ? `521${number}` : `52${number}`;
      return postWhatsAppTexts(
        url,
        accounts.whatsapp,
        texts.map(({ externalId, text }) => ({ id: externalId, from, body: text })),
      );
    }
    const [text] = texts;
    const { externalId: sid = '', text: body = '' } = text ?? {};
    return postTwilioText(url, accounts.sms, { sid, from: `+52${number}`, to: '+522291000300', body });
  }

  async function isTaken(texts: readonly FedText[]): Promise<boolean> {
    try {
      const answer = await Promise.race([bring(texts), tooLate()]);
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }

  return {
    fed,
    async write(done) {
      while (!done()) {
        // Meta gathers what it could not bring, so several come in one.
        const texts = Array.from({ length: way === 'whatsapp' ? 1 + random.below(3) : 1 }, compose);
        fed.push(...texts);
        const once = () => isTaken(texts);
        const twice = random.next() < 0.15 ? once() : null;
        await until(once, { timeout: 90_000, what: `${texts[0]?.externalId} to be taken` });
        for (const text of texts) text.takenAt = performance.now();
        await twice;
        // A provider that lost our answer brings it once more.
        if (random.next() < 0.15) await once();
        await pause(50 + random.below(500));
      }
    },
  };
}

async function tooLate(): Promise<never> {
  await pause(ANSWER_MS, undefined, { ref: false });
  throw new Error('No answer in time');
}
