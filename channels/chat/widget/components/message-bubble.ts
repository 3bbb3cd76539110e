import bot from 'lucide:bot';
import { html, nothing, type TemplateResult } from 'lit';
import type { Author, ChoiceOption, Part } from '../../../../server/contract/message.ts';
import { refusalText } from '../locales/refusal.ts';
import { type Say, sayIn } from '../locales/say.ts';
import { clockTime } from '../locales/times.ts';
import type { Chat } from '../state/chat.ts';
import type { MessageRow } from './conversation-rows.ts';
import { deliveryMark } from './delivery-mark.ts';
import { icon } from './icon.ts';
import { messagePart } from './message-parts.ts';
import { noticeLine } from './notice-line.ts';

/** One message: who, what, when, and how far it got. */
export function messageBubble(row: MessageRow, chat: Chat): TemplateResult {
  const notice = row.parts.find((part) => part.type === 'notice');
  if (notice) return html`<p class="notice">${noticeLine(notice, chat.state)}</p>`;

  const { locale } = chat.state;
  const say = sayIn(locale);
  const shown = row.parts.filter(({ type }) => type !== 'choices' && type !== 'request');
  const choices = row.parts.find((part) => part.type === 'choices');
  return html`<div class="message ${row.isMine ? 'mine' : 'theirs'}" ?data-starts=${row.startsGroup}>
    ${row.isMine || !row.startsGroup ? nothing : sender(row.author, say, chat)}
    ${
      shown.length === 0
        ? nothing
        : html`<div class="bubble" ?data-refused=${row.mark === 'refused'}>
          ${row.isMine && row.startsGroup ? html`<span class="hidden">${say('you')}:</span>` : nothing}
          ${shown.map((part) => messagePart(part, row, chat))}
          <span class="meta">
            <time datetime=${row.at}>${clockTime(row.at, locale)}</time>
            ${row.mark ? deliveryMark(row.mark, say) : nothing}
          </span>
        </div>`
    }
    ${row.pending?.error ? refusal(row, chat) : nothing}
    ${
      row.request && chat.state.more
        ? html`<linea-chat-request .chat=${chat} .wants=${row.request} .refusable=${choices !== undefined}></linea-chat-request>`
        : nothing
    }
    ${choices ? quickAnswers(choices, row, chat) : nothing}
  </div>`;
}

export function senderName(author: Author, say: Say, contactName: string): string {
  if (author.type === 'bot') return say('bot');
  return author.name ?? say('team', { city: contactName });
}

/** "AR" for Ana Ruiz. */
export function initials(name: string): string {
  const [first = '', ...others] = name.trim().split(/\s+/);
  return (first.charAt(0) + (others.at(-1)?.charAt(0) ?? '')).toLocaleUpperCase();
}

function sender(author: Author, say: Say, chat: Chat): TemplateResult {
  const name = senderName(author, say, chat.state.city?.contactName ?? '');
  const face = author.type === 'bot' ? icon(bot, 16) : initials(name);
  return html`<div class="sender">
    <span class="face" data-kind=${author.type} aria-hidden="true">${face}</span>
    <span>${name}</span>
  </div>`;
}

function refusal({ pending }: MessageRow, chat: Chat): TemplateResult | typeof nothing {
  if (!pending?.error) return nothing;
  const { locale } = chat.state;
  const say = sayIn(locale);
  const reason = refusalText(pending.error, locale);
  return html`<div class="refusal" role="alert">
    <span>${say('refused', { reason })}</span>
    <button type="button" class="link" @click=${() => chat.messages.retry(pending.clientId)}>${say('retry')}</button>
    <button type="button" class="link" @click=${() => chat.messages.discard(pending.clientId)}>${say('discard')}</button>
  </div>`;
}

function quickAnswers({ options }: Extract<Part, { type: 'choices' }>, row: MessageRow, chat: Chat): TemplateResult {
  const say = sayIn(chat.state.locale);
  const picked = row.answer === 'open' ? null : row.answer;
  const isPicked = (option: ChoiceOption) => picked?.id === option.id;
  return html`<div class="choices" role="group" aria-label=${say('options')}>
    ${options.map(
      (option) => html`<button type="button" class="choice" ?data-picked=${isPicked(option)}
        aria-disabled=${row.answer !== 'open'} aria-pressed=${isPicked(option)}
        @click=${() => row.answer === 'open' && chat.choose(option)}>${option.title}</button>`,
    )}
  </div>`;
}
