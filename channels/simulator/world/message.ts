/** What stands in a bubble, whoever said it. */
export type Content =
  | { type: 'text'; text: string }
  | { type: 'media'; kind: MediaKind; fileId: string; mimeType: string; name: string; caption: string }
  | { type: 'location'; latitude: number; longitude: number; label: string }
  /** `fileId`: the card as a file, for who carries it so. */
  | { type: 'contact'; name: string; phones: string[]; emails: string[]; fileId?: string }
  | { type: 'buttons'; text: string; options: Option[] }
  | { type: 'list'; text: string; open: string; options: Option[] }
  | { type: 'choice'; id: string; title: string }
  | { type: 'template'; name: string; text: string }
  | { type: 'unsupported'; kind: string };

export const mediaKinds = ['image', 'audio', 'voice', 'video', 'document', 'sticker'] as const;
export type MediaKind = (typeof mediaKinds)[number];

export interface Option {
  id: string;
  title: string;
  description?: string;
}

export const steps = ['queued', 'sent', 'delivered', 'read'] as const;
export type Step = (typeof steps)[number] | 'failed';

export interface Failure {
  /** The provider's. */
  code: number;
  title: string;
  details: string;
}

export interface SimulatedMessage {
  /** The provider's id of it. */
  id: string;
  accountId: string;
  personId: string;
  from: 'person' | 'city';
  content: Content[];
  at: Date;
  status: Step;
  failure: Failure | null;
  repliesTo: string | null;
  /** Of the person to the city's message, or of the city to theirs. */
  reaction: string | null;
  edited: boolean;
  deleted: boolean;
  /** Twilio: where to report on this one. */
  statusCallback: string | null;
}
