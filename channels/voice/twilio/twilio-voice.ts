import type { MessagingAccount } from '../../../server/contract/messaging.ts';
import type { CallHost, VoiceDoor, VoiceLine, VoiceTune } from '../../../server/contract/voice.ts';
import { twilioAccounts } from '../../twilio/twilio-account.ts';
import { MUSIC_PATH } from '../../twilio/voice-paths.ts';
import { composeHoldMusic, HOLD_MUSIC_SECONDS } from './hold-music.ts';
import { createTwilioLine } from './twilio-line.ts';
import { createTwilioVoiceDoors } from './voice-doors.ts';
import { createVoiceUrls } from './voice-urls.ts';

export interface TwilioVoiceOptions {
  accounts: ReadonlyMap<string, MessagingAccount>;
  host: CallHost;
  /** How Twilio knows this server; asked when it is needed. */
  publicUrl(): string;
  /** What the city plays to whoever waits; null: a tune of ours. */
  music: { contentType: string; bytes: Buffer } | null;
  now(): Date;
  /** A caller's question could not be answered; it is asked again. */
  failed(error: unknown): void;
}

export interface TwilioVoice {
  /** By account. */
  lines: Map<string, VoiceLine>;
  doors: VoiceDoor[];
  /** Null: there is nobody to hear it. */
  tune: VoiceTune | null;
}

/** The city's telephone lines with Twilio. */
export function createTwilioVoice(options: TwilioVoiceOptions): TwilioVoice {
  const { host, music, now, failed } = options;
  const accounts = twilioAccounts(options.accounts).filter(({ channel }) => channel === 'voice');
  if (accounts.length === 0) return { lines: new Map(), doors: [], tune: null };
  const urls = createVoiceUrls(options.publicUrl);
  const musicSeconds = music ? null : HOLD_MUSIC_SECONDS;
  let composed: Buffer | null = null;
  return {
    lines: new Map(accounts.map((account) => [account.id, createTwilioLine({ account, urls, now })])),
    doors: createTwilioVoiceDoors({ accounts, host, urls, musicSeconds, now, failed }),
    tune: {
      path: MUSIC_PATH,
      contentType: music?.contentType ?? 'audio/wav',
      bytes() {
        composed ??= music?.bytes ?? composeHoldMusic();
        return composed;
      },
    },
  };
}
