import type { ChannelName } from '../../../server/contract/channel.ts';
import type { RoutingSettings } from '../../../server/contract/routing.ts';

/** Channels that people of a city meet, in the order in which screens name them. */
export const shownChannels = ['chat', 'whatsapp', 'email', 'voice', 'sms', 'messenger', 'instagram'] as const;
export type ShownChannel = (typeof shownChannels)[number];

/** How many contacts of one channel fit into so many places. */
export const fitting = (settings: RoutingSettings, channel: ChannelName, places: number): number =>
  Math.floor(places / settings.weights[channel]);

/** The channels most worth an example: one that cannot wait and one that can. */
export function pairOf(settings: RoutingSettings): { live: ShownChannel; deferred: ShownChannel | null } {
  const written = shownChannels.filter((channel) => channel !== 'voice');
  return {
    live: written.find((channel) => !settings.deferred.includes(channel)) ?? 'chat',
    deferred: shownChannels.find((channel) => settings.deferred.includes(channel)) ?? null,
  };
}
