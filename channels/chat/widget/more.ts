import type { CSSResult, TemplateResult } from 'lit';
import type { FolioPart, Part } from '../../../server/contract/message.ts';
import type { Chat } from './state/chat.ts';

/**
 * What `/widget/more.js` brings: parts of the chat that few conversations come to, so that they do not weigh on the
 * first screen. It also defines their elements.
 */
export interface More {
  styles: CSSResult;
  /** A case as it stands; `isNews` when the city tells of it without being asked. */
  folio(part: FolioPart, isNews: boolean, chat: Chat): TemplateResult;
  /** A place somebody sent. */
  place(part: Extract<Part, { type: 'location' }>, chat: Chat): TemplateResult;
  /** What the resident can do to give what is asked for; `refusable`: there is a quick answer for not giving it. */
  request(wants: 'place' | 'photo', refusable: boolean, chat: Chat): TemplateResult;
}
