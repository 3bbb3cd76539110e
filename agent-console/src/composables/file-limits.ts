import type { ChannelName } from '../../../server/contract/channel.ts';
import { limits } from '../../../server/contract/limits.ts';
import { type MediaKind, mediaKind } from './media-kind.ts';

const MEGABYTE = 1024 * 1024;

/**
 * What the providers take, in bytes, where that is less than what the city stores. WhatsApp: «Supported media types»
 * of Meta's Cloud API. Instagram: «Send messages» of its messaging API. SMS: Twilio's limit of an MMS.
 */
const byChannel: Partial<Record<ChannelName, Partial<Record<MediaKind, number>>>> = {
  whatsapp: { image: 5 * MEGABYTE, audio: 16 * MEGABYTE, video: 16 * MEGABYTE },
  instagram: { image: 8 * MEGABYTE },
  sms: {
    image: 5 * MEGABYTE,
    audio: 5 * MEGABYTE,
    video: 5 * MEGABYTE,
    file: 5 * MEGABYTE,
  },
};

/** The largest file of this type that can leave by a channel, in bytes. */
export function fileLimit(channel: ChannelName, mimeType: string): number {
  return byChannel[channel]?.[mediaKind({ mimeType })] ?? limits.fileBytes;
}
