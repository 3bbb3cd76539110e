export type Charge =
  | 'lost'
  | 'doubled'
  | 'out_of_order'
  | 'gap'
  | 'shown_otherwise'
  | 'unanswered'
  | 'two_holders'
  | 'two_offers'
  | 'stuck_offer'
  | 'stuck_ticket'
  | 'crashed'
  /** A mail in a conversation that is not its thread's. */
  | 'astray'
  /** A mail whose mark in its mailbox says otherwise than the database. */
  | 'marked_wrongly'
  /** An acknowledged answer that no mail server got. */
  | 'unsent'
  /** One answer under several Message-IDs. */
  | 'renamed'
  /** A call that is over, and not here. */
  | 'forgotten'
  | 'left_in_silence'
  /** Somebody of the city is on a call that is over. */
  | 'ghost'
  | 'does_not_add_up';

export interface Finding {
  charge: Charge;
  what: string;
}

export const find = (charge: Charge, what: string): Finding => ({ charge, what });
