import { fileRoutes } from '../../contract/endpoints.ts';
import type { Arrival } from '../plan/plan-day.ts';
import type { Stage } from '../stage.ts';
import type { Voice } from './text-resident.ts';

/** Somebody who writes mails, brought by the city's mail server to its inlet. */
export function byMail(stage: Stage, { resident, need, spot, isRepeat }: Arrival, token: string): Voice {
  const [mailbox] = stage.city.mailboxes;
  let sent = 0;
  async function post(text: string): Promise<void> {
    if (!mailbox) throw new Error('The city has no mailbox');
    sent += 1;
    const mine = (number: number) => `<${resident.index}.${isRepeat ? 'again' : 'first'}.${number}@example.com>`;
    const lines = [
      `From: ${encoded(resident.shortName)} <${resident.email}>`,
      `To: ${mailbox.address}`,
      `Subject: ${encoded(need.words.slice(0, 60))}`,
      `Date: ${stage.time.now().toUTCString()}`,
      `Message-ID: ${mine(sent)}`,
      ...(sent > 1 ? [`In-Reply-To: ${mine(sent - 1)}`, `References: ${mine(sent - 1)}`] : []),
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      `Buenas tardes:`,
      '',
      text,
      ...(need.kind === 'report' ? ['', `Es en ${spot.words}.`] : []),
      '',
      'Gracias,',
      resident.shortName,
      '',
    ];
    const answer = await fetch(`${stage.url}${fileRoutes.mailInlet(mailbox.id)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
      body: Buffer.from(lines.join('\r\n')),
    });
    if (!answer.ok) throw new Error(`The mail inlet answered ${answer.status}`);
  }
  return {
    say: post,
    pick: ({ title }) => post(title),
    point: () => post(spot.words),
    end: async () => {},
    rate: async () => {},
    leave: () => {},
  };
}

const encoded = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
