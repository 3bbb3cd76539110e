import type { Connection } from '../../../server/contract/connection.ts';

type Kind = Connection['kind'];

/** How each kind of connection shows where it has no mark of a channel. */
export const connectionIcons: Readonly<Record<Kind, string>> = {
  chat: 'i-lucide-message-circle',
  email: 'i-lucide-mail',
  sms: 'i-lucide-message-square',
  whatsapp: 'i-lucide-message-circle-more',
  messenger: 'i-lucide-message-circle-more',
  instagram: 'i-lucide-message-circle-more',
  voice: 'i-lucide-phone',
  botframework: 'i-lucide-bot',
  language_model: 'i-lucide-sparkles',
  speech: 'i-lucide-mic',
  geocoder: 'i-lucide-map-pin',
  map: 'i-lucide-map',
  webhooks: 'i-lucide-webhook',
};

/** Never by colour alone. */
export const connectionStates = {
  connected: { color: 'success', icon: 'i-lucide-plug-zap' },
  simulated: { color: 'info', icon: 'i-lucide-flask-conical' },
  off: { color: 'neutral', icon: 'i-lucide-unplug' },
} as const;

export const findingLooks = {
  good: { icon: 'i-lucide-circle-check', tone: 'text-success' },
  bad: { icon: 'i-lucide-circle-x', tone: 'text-error' },
  unknown: { icon: 'i-lucide-circle-question-mark', tone: 'text-muted' },
} as const;
