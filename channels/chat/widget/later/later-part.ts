import { ChatPart } from '../components/chat-part.ts';
import { type SayMore, sayMoreIn } from './say-more.ts';

/** A part of the panel that is loaded later, and has words of its own. */
export abstract class LaterPart extends ChatPart {
  protected get sayMore(): SayMore {
    return sayMoreIn(this.state.locale);
  }
}
