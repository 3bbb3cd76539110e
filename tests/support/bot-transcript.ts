import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { toEar } from '../../server/calls/ear/to-ear.ts';
import type { Bot, BotOutcome, BotState, Desk } from '../../server/contract/bot.ts';
import { type CaseStatus, caseStatuses } from '../../server/contract/case-status.ts';
import type { ChannelName } from '../../server/contract/channel.ts';
import type { Locale } from '../../server/contract/errors.ts';
import type { ChoiceOption, Message, Part } from '../../server/contract/message.ts';

/** Who has a hand in a chat besides those who write. */
export interface Stage {
  bot: Bot;
  desk: Desk;
  /** What a department does to a case; needed by transcripts where one does. */
  change?(folio: string, status: CaseStatus, text: string): Promise<void> | void;
  /** Conversation and ticket of somebody, by name; made up unless a database has to know them. */
  meet?(name: string): Promise<{ conversationId: string; ticketId: string }>;
  now?: Date;
}

export interface PlayOptions {
  locale?: Locale;
  /** Of whoever writes, as the channel knows it. */
  name?: string;
  channel?: ChannelName;
  /** On a call: a text can be sent to their telephone. */
  canText?: boolean;
}

interface Person {
  ids: { conversationId: string; ticketId: string };
  state: BotState | null;
  consent: string | null;
  name: string | null;
  locale: Locale;
  offered: ChoiceOption[];
  seq: number;
}

const WRITES = /^(\p{Lu}\p{L}+): (.*)$/u;
const PASSES = /^\((?:pasan|pasa) (\d+) minutos?\)$/;
const DEPARTMENT = /^\((?:la ciudad|el área)[:,] (\S+) → (\w+)(?:: «(.*)»)?\)$/;
const DEFAULT_POINT = { latitude: 19.2, longitude: -96.1385 };

/**
 * Plays a chat with the bot and holds it to what it should say.
 *
 *     Ana: hola                          what somebody writes; lines in a row of the same person are one burst
 *     Ana: [Pagar el predial]            a quick answer picked by its title, or by its beginning with an ellipsis
 *     Ana: (foto) · (foto perdida) · (sticker) · (ubicación) · (ubicación 19.19, -96.14) · (mensaje no compatible)
 *     Ana: (contacto Rosa Díaz, +522291234567) · (anuncio)
 *     Ana: (nota de voz) · (nota de voz: «hay un bache») as a machine wrote it down
 *     Bot: Hola, soy…                    a message of the bot; … stands for anything
 *     Bot: (no contesta)                 to what asks for no answer
 *     Bot: …                             quick answers, if any, follow as [One] [Two] […], then (pide lugar), (tarjeta)
 *     → servicios · topic · alta         hand-off: queue, reason, and urgente or alta when it has a priority
 *       Quiere reportar: Bache           its summary, a line a line
 *     ✓ informado                        the contact is over, with its disposition
 *     ✉ Veracruz: …                      on a call: what is sent to their telephone as a text
 *     ✎ Ana Ruiz, +522291234567          what is kept of the person; «✎ aviso» when they accept the notice
 *     (pasan 5 minutos)                  nobody says anything
 *     (el asistente se actualiza)        its state is of an older version
 *     (la ciudad: VER-2026-000001 → solved: «Ya quedó»)
 *
 * On a call the lines of the bot are what is heard, each choice with its key.
 */
export async function play(stage: Stage, transcript: string, options: PlayOptions = {}): Promise<void> {
  const people = new Map<string, Person>();
  const channel = options.channel ?? 'chat';
  const clock = { now: stage.now ?? new Date('2026-03-02T18:00:00Z') };
  let last = 'Ana';

  async function personOf(name: string): Promise<Person> {
    const known = people.get(name);
    if (known) return known;
    const ids = (await stage.meet?.(name)) ?? { conversationId: randomUUID(), ticketId: randomUUID() };
    const person = {
      ids,
      state: null,
      consent: null,
      name: options.name ?? null,
      locale: options.locale ?? ('es' as const),
      offered: [],
      seq: 0,
    };
    people.set(name, person);
    return person;
  }

  for (const { who, said, event, answered } of exchanges(transcript)) {
    last = who ?? last;
    const person = await personOf(last);
    if (event) {
      const change = DEPARTMENT.exec(event);
      if (change) {
        await stage.change?.(change[1] ?? '', statusOf(change[2] ?? ''), change[3] ?? '');
        continue;
      }
      if (event === '(el asistente se actualiza)') {
        person.state = person.state && { ...person.state, version: 0 };
        continue;
      }
      const minutes = PASSES.exec(event)?.[1];
      if (!minutes) throw new Error(`«${event}» is nothing that can happen in a transcript`);
      clock.now = new Date(clock.now.getTime() + Number(minutes) * 60_000);
    }
    const outcome = await stage.bot.turn(
      {
        ...person.ids,
        channel,
        ...(channel === 'voice' && { canText: options.canText ?? true }),
        locale: person.locale,
        citizenName: person.name,
        consent: person.consent,
        messages: said.map((line) => message(partOf(line, person), ++person.seq)),
        state: person.state,
        now: clock.now,
      },
      stage.desk,
    );
    const after = event ?? `«${said.join(' / ')}»`;
    const heard = (parts: Part[]): string => toEar(parts, person.locale).text;
    person.locale = outcome.locale ?? person.locale;
    const lines = [...outcome.replies.map(channel === 'voice' ? heard : written), ...consequences(outcome)];
    if (lines.length === 0 && said.length > 0) lines.push('(no contesta)');
    expect(lines, `after ${after}`).toEqual(lines.map((line, i) => agreed(line, answered[i])));
    expect(answered.length, `lines after ${after}: ${lines.join('\n')}`).toBe(lines.length);
    // As the database gives it back.
    person.state = JSON.parse(JSON.stringify(outcome.state));
    person.consent = outcome.consent ?? person.consent;
    const choices = outcome.replies.flat().findLast((part) => part.type === 'choices');
    person.offered = choices?.options ?? person.offered;
  }
}

interface Exchange {
  who: string | null;
  said: string[];
  event: string | null;
  answered: string[];
}

function exchanges(transcript: string): Exchange[] {
  const turns: Exchange[] = [];
  for (const line of transcript.split('\n').map((text) => text.trim())) {
    const last = turns.at(-1);
    if (line === '' || line.startsWith('#')) continue;
    const [, who, words] = WRITES.exec(line) ?? [];
    // A summary quotes («Escribió: «…»»); nobody speaks there.
    if (who && who !== 'Bot' && !words?.startsWith('«')) {
      if (last && !last.event && last.who === who && last.answered.length === 0) last.said.push(words ?? '');
      else turns.push({ who, said: [words ?? ''], event: null, answered: [] });
    } else if (/^\(.*\)$/.test(line)) turns.push({ who: null, said: [], event: line, answered: [] });
    else last?.answered.push(line.replace(/^Bot: /, ''));
  }
  return turns;
}

function partOf(line: string, { offered }: Person): Part {
  const place = /^\(ubicación(?: (-?[\d.]+), (-?[\d.]+))?\)$/.exec(line);
  if (place) {
    const [, latitude, longitude] = place;
    const point = latitude ? { latitude: Number(latitude), longitude: Number(longitude) } : DEFAULT_POINT;
    return { type: 'location', ...point };
  }
  const file = { type: 'media' as const, attachmentId: randomUUID(), size: 1_000 };
  if (line === '(foto)') return { ...file, name: 'foto.jpg', mimeType: 'image/jpeg' };
  if (line === '(foto perdida)') return { ...file, name: 'foto.jpg', mimeType: 'image/jpeg', lost: 'unreachable' };
  if (line === '(sticker)') return { ...file, name: 'sticker.webp', mimeType: 'image/webp', look: 'sticker' };
  if (line === '(anuncio)') return { type: 'referral', headline: 'Reporta aquí', body: '', url: 'https://example.org' };
  const card = /^\(contacto ([^,]+), (.+)\)$/.exec(line);
  if (card) return { type: 'contact', name: card[1] ?? '', phones: [card[2] ?? ''], emails: [] };
  if (line === '(mensaje no compatible)') return { type: 'unsupported', kind: 'poll' };
  const voice = /^\(nota de voz(?:: «(.*)»)?\)$/.exec(line);
  if (voice) {
    const note = { ...file, name: 'nota de voz.ogg', mimeType: 'audio/ogg', look: 'voice' as const };
    return { ...note, ...(voice[1] && { transcript: voice[1] }) };
  }
  const title = /^\[(.*)\]$/.exec(line)?.[1];
  if (!title) return { type: 'text', text: line };
  const option = offered.find((candidate) => agreed(candidate.title, title) === candidate.title);
  if (!option) throw new Error(`«${title}» was not offered, but ${offered.map((one) => one.title).join(' · ')}`);
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
      if (part.type === 'request') return [part.wants === 'place' ? '(pide lugar)' : '(pide foto)'];
      if (part.type === 'folio') return [`(tarjeta ${part.folio})`];
      return part.type === 'choices' ? part.options.map(({ title }) => `[${title}]`) : [`<${part.type}>`];
    })
    .join(' ');
}

function consequences({ handOff, citizen, consent, close, texts = [] }: BotOutcome): string[] {
  const kept = [citizen?.name, citizen?.phone, citizen?.email].filter(Boolean).join(', ');
  const priority = handOff?.priority === undefined ? [] : [['urgente', 'alta', 'normal'][handOff.priority]];
  const where = [handOff?.queueId ?? 'la fila general', handOff?.reason, ...priority];
  return [
    ...(kept ? [`✎ ${kept}`] : []),
    ...(consent ? ['✎ aviso'] : []),
    ...(handOff
      ? [`→ ${where.join(' · ')}${handOff.protected ? ' · reservado' : ''}`, ...handOff.summary.split('\n')]
      : []),
    ...texts.map((text) => `✉ ${text.replace(/\s+/g, ' ')}`),
    ...(close ? [`✓ ${close}`] : []),
  ];
}

function statusOf(text: string): CaseStatus {
  const status = caseStatuses.find((one) => one === text);
  if (!status) throw new Error(`There is no status «${text}»`);
  return status;
}

/** The line itself when it is as expected, so that a difference shows the two side by side. */
function agreed(line: string, expected: string | undefined): string | undefined {
  const pattern = expected
    ?.split('…')
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return pattern !== undefined && new RegExp(`^${pattern}$`, 's').test(line) ? line : expected;
}
