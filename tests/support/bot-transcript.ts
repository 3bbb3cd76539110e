import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Bot, BotState, Desk, HandOff } from '../../server/contract/bot.ts';
import type { Locale } from '../../server/contract/errors.ts';
import type { ChoiceOption, Message, Part } from '../../server/contract/message.ts';

/**
 * Plays a chat with the bot and holds it to what it should say.
 *
 *     Ana: hola                          what the citizen writes; lines in a row are one burst
 *     Ana: [Pagar el predial]            a quick answer picked by its title
 *     Ana: (foto) · Ana: (ubicación)     a file, a location
 *     Bot: Hola, soy…                    a message of the bot; … stands for anything
 *     Bot: …                             its quick answers, if any, follow as [One] [Two] […]
 *     → servicios · topic · alta         hand-off: queue, reason, and urgente or alta when it has a priority
 *       Quiere reportar: Bache           its summary, a line a line
 */
export async function play(bot: Bot, desk: Desk, transcript: string, options: { locale?: Locale; name?: string } = {}) {
  let state: BotState | null = null;
  let offered: ChoiceOption[] = [];
  for (const { said, answered } of exchanges(transcript)) {
    const outcome = await bot.turn(
      {
        conversationId: '00000000-0000-4000-8000-000000000001',
        ticketId: '00000000-0000-4000-8000-000000000002',
        channel: 'chat',
        locale: options.locale ?? 'es',
        citizenName: options.name ?? null,
        consent: null,
        messages: said.map((line, i) => message(partOf(line, offered), i + 1)),
        state,
        now: new Date('2026-03-02T18:00:00Z'),
      },
      desk,
    );
    const lines = [...outcome.replies.map(written), ...handedOff(outcome.handOff)];
    expect(lines, `after «${said.join(' / ')}»`).toEqual(lines.map((line, i) => agreed(line, answered[i])));
    expect(answered.length, `lines after «${said.join(' / ')}»: ${lines.join('\n')}`).toBe(lines.length);
    // As the database gives it back.
    state = JSON.parse(JSON.stringify(outcome.state));
    const choices = outcome.replies.flat().findLast((part) => part.type === 'choices');
    offered = choices?.options ?? offered;
  }
}

function exchanges(transcript: string): { said: string[]; answered: string[] }[] {
  const turns: { said: string[]; answered: string[] }[] = [];
  for (const line of transcript.split('\n').map((text) => text.trim())) {
    const last = turns.at(-1);
    if (line === '') continue;
    if (line.startsWith('Ana: ')) {
      if (last && last.answered.length === 0) last.said.push(line.slice(5));
      else turns.push({ said: [line.slice(5)], answered: [] });
    } else last?.answered.push(line.replace(/^Bot: /, ''));
  }
  return turns;
}

function partOf(line: string, offered: readonly ChoiceOption[]): Part {
  if (line === '(ubicación)') return { type: 'location', latitude: 19.2, longitude: -96.13 };
  if (line === '(foto)') {
    return { type: 'media', attachmentId: randomUUID(), name: 'foto.jpg', mimeType: 'image/jpeg', size: 1_000 };
  }
  const title = /^\[(.*)\]$/.exec(line)?.[1];
  if (!title) return { type: 'text', text: line };
  const option = offered.find((candidate) => candidate.title === title);
  if (!option) throw new Error(`«${title}» was not offered`);
  return { type: 'choice', ...option };
}

function message(part: Part, seq: number): Message {
  return {
    id: randomUUID(),
    conversationId: '00000000-0000-4000-8000-000000000001',
    ticketId: null,
    seq,
    direction: 'in',
    author: { type: 'citizen', id: null, name: null },
    parts: [part],
    status: 'stored',
    failure: null,
    clientId: null,
    createdAt: '2026-03-02T18:00:00.000Z',
  };
}

function written(parts: Part[]): string {
  return parts
    .flatMap((part) => {
      if (part.type === 'text') return [part.text.replace(/\s+/g, ' ')];
      return part.type === 'choices' ? part.options.map(({ title }) => `[${title}]`) : [`<${part.type}>`];
    })
    .join(' ');
}

function handedOff(handOff: HandOff | undefined): string[] {
  if (!handOff) return [];
  const priority = handOff.priority === undefined ? [] : [['urgente', 'alta', 'normal'][handOff.priority]];
  const head = ['→', [handOff.queueId ?? 'la fila general', handOff.reason, ...priority].join(' · ')].join(' ');
  return [head, ...handOff.summary.split('\n')];
}

/** The line itself when it is as expected, so that a difference shows the two side by side. */
function agreed(line: string, expected: string | undefined): string | undefined {
  const pattern = expected
    ?.split('…')
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return pattern !== undefined && new RegExp(`^${pattern}$`, 's').test(line) ? line : expected;
}
