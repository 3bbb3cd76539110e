import type { ChannelName } from './channel.ts';
import type { Locale } from './errors.ts';
import type { HintCertainty } from './suggestion.ts';

/** What a citizen said to a person, for whoever is to answer. */
export interface HintRequest {
  /** Cases are those of whom this contact is with. */
  asker: { conversationId: string; ticketId: string };
  channel: ChannelName;
  /** Of the conversation so far. */
  locale: Locale;
  citizenName: string | null;
  /** What they said before, oldest first, for what is only understood together with it. */
  before: readonly string[];
  /** What they said since they were last answered by a person, oldest first. */
  said: readonly string[];
  /** Whether a language model may be asked. */
  mayAskModel: boolean;
  now: Date;
}

/** What the bot makes of it. */
export interface Hint {
  /** It may be danger: there is nothing to suggest but what a person says. */
  danger: boolean;
  /** The language to answer in. */
  locale: Locale;
  /** Ids of the catalogue, likeliest first. Empty when it is nothing that the bot knows. */
  about: readonly { id: string; certainty: HintCertainty }[];
  /** How a case of theirs stands that they ask about. */
  status: { folio: string; title: string; text: string } | null;
  /** An article as a language model would shorten it to the question, held to what it says. */
  wording: { id: string; text: string; model: string } | null;
}
