import { type Call, Device } from '@twilio/voice-sdk';
import { call as ask } from '../api/client.ts';
import type { LegEvents, LiveLeg, Ring, Telephone, TelephoneEvents } from './telephone.ts';

/** How long before a token ends the next one is asked for. */
const TOKEN_AHEAD_MILLISECONDS = 60_000;

/** The city's telephone company: Twilio's own softphone, rung by the room of the call. */
export async function startTwilioTelephone(token: string, events: TelephoneEvents): Promise<Telephone> {
  // Twilio's softphone opens the microphone itself, by this; so it speaks by the one that was chosen.
  let opened: MediaStream | null = null;
  const device = new Device(token, {
    appName: 'linea-ciudadana',
    allowIncomingWhileBusy: true,
    tokenRefreshMs: TOKEN_AHEAD_MILLISECONDS,
    getUserMedia: async () => opened?.clone() ?? new MediaStream(),
  });

  device.on('registered', () => events.onReach(true));
  device.on('unregistered', () => events.onReach(false));
  device.on('error', (error: Error) => events.onReach(device.state === 'registered', error.message));
  device.on('tokenWillExpire', () => {
    void ask('callDevice').then(({ twilio }) => twilio && device.updateToken(twilio.token));
  });
  device.on('incoming', (incoming: Call) => {
    const ring = ringOf(incoming, device, (stream) => {
      opened = stream;
    });
    if (!ring) return incoming.ignore();
    const over = () => events.onOver(ring.legId);
    incoming.on('cancel', over);
    incoming.on('disconnect', over);
    events.onRing(ring);
  });
  // The console rings by itself, the same on every line.
  device.audio?.incoming(false);
  device.audio?.outgoing(false);
  device.audio?.disconnect(false);
  await device.register();
  return { stop: () => device.destroy() };
}

function ringOf(incoming: Call, device: Device, speakBy: (stream: MediaStream | null) => void): Ring | null {
  const callId = incoming.customParameters.get('callId');
  const legId = incoming.customParameters.get('legId');
  if (!callId || !legId) return null;
  return {
    callId,
    legId,
    role: null,
    ignore: () => incoming.ignore(),
    async answer({ microphone, output }, events) {
      speakBy(microphone);
      if (output && device.audio?.isOutputSelectionSupported)
        await device.audio.speakerDevices.set(output).catch(() => {});
      const live = legOf(incoming, device, events);
      incoming.accept();
      if (!microphone) incoming.mute(true);
      return live;
    },
  };
}

function legOf(incoming: Call, device: Device, { onOver }: LegEvents): LiveLeg {
  let level = 0;
  let quality: number | null = null;
  incoming.on('volume', (input: number) => {
    level = input;
  });
  incoming.on('sample', ({ mos }: { mos: number | null }) => {
    quality = mos ?? quality;
  });
  incoming.on('disconnect', onOver);
  return {
    mute: (on) => incoming.mute(on),
    keys: (digits) => incoming.sendDigits(digits),
    microphone(stream) {
      const id = stream.getAudioTracks()[0]?.getSettings().deviceId;
      if (id) void device.audio?.setInputDevice(id);
    },
    output: async (deviceId) => device.audio?.speakerDevices.set(deviceId || 'default'),
    level: () => level,
    quality: () => quality,
    mixed: () => null,
    wake() {},
    leave: () => incoming.disconnect(),
    close: () => incoming.disconnect(),
  };
}
