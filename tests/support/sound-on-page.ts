import type { Page } from 'playwright-core';
import { until } from './until.ts';

/** What can be heard on a page, measured beside the application: by the browser's own figures. */
export interface SoundOnPage {
  /** Waits until somebody else's voice comes in. */
  hears(): Promise<void>;
  /** Waits until nobody's voice comes in for a second. */
  hearsNobody(): Promise<void>;
  /** Waits until the page itself plays something: music. */
  hearsMusic(): Promise<void>;
}

/** Speech, or a beep, is far above this; silence that was encoded is far below. */
const AUDIBLE = 0.01;

/** Several browsers and a server on one machine take their time. */
const PATIENCE_MS = 30_000;

/** Keeps every connection and every sound that the page makes. Text, because it runs in the page. */
const ears = `
  const connections = [];
  const Connection = RTCPeerConnection;
  window.RTCPeerConnection = class extends Connection {
    constructor(...options) {
      super(...options);
      connections.push(this);
    }
  };
  const played = new Map();
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode) {
      if (!played.has(to)) played.set(to, new AnalyserNode(to.context, { fftSize: 2048 }));
      connect.call(this, played.get(to));
    }
    return connect.call(this, to, ...rest);
  };
  const energyOf = async (connection) => {
    let energy = 0;
    let seconds = 0;
    for (const entry of (await connection.getStats()).values()) {
      if (entry.type !== 'inbound-rtp' || entry.kind !== 'audio') continue;
      energy += entry.totalAudioEnergy ?? 0;
      seconds += entry.totalSamplesDuration ?? 0;
    }
    return { energy, seconds };
  };
  /** Root mean square of the loudest voice that came in during a second, within which every microphone beeps: the stretch that is measured, not a wait. */
  window.voicesComingIn = async () => {
    const open = connections.filter(({ connectionState }) => connectionState === 'connected');
    const before = await Promise.all(open.map(energyOf));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const after = await Promise.all(open.map(energyOf));
    const levels = after.map(({ energy, seconds }, index) => {
      const passed = seconds - before[index].seconds;
      return passed > 0 ? Math.sqrt(Math.max(0, energy - before[index].energy) / passed) : 0;
    });
    const ways = connections.map((connection) => {
      const { connectionState, iceConnectionState, signalingState } = connection;
      const at = open.indexOf(connection);
      const heard = at < 0 ? '' : ' ' + levels[at].toFixed(4) + ' in ' + (after[at].seconds - before[at].seconds).toFixed(2) + ' s';
      return connectionState + '/' + iceConnectionState + '/' + signalingState + heard;
    });
    return { open: open.length, loudest: Math.max(0, ...levels), ways };
  };
  window.soundOfPage = () => {
    const levels = [...played.values()].map((analyser) => {
      const samples = new Float32Array(analyser.fftSize);
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    });
    return Math.max(0, ...levels);
  };
`;

/** Call it before the page is opened: what it made before cannot be heard. */
export async function listenTo(page: Page): Promise<SoundOnPage> {
  await page.addInitScript(ears);
  let ways: string[] = [];
  async function voices() {
    const heard = (await page.evaluate('voicesComingIn()')) as { open: number; loudest: number; ways: string[] };
    ways = heard.ways;
    return heard;
  }
  const who = () => `${new URL(page.url()).pathname} by: ${ways.join(', ') || 'no way at all'}`;
  return {
    hears: async () =>
      void (await until(async () => (await voices()).loudest > AUDIBLE, {
        what: () => `a voice at ${who()}`,
        timeout: PATIENCE_MS,
      })),
    async hearsNobody() {
      const silent = async () => {
        const { open, loudest } = await voices();
        return open > 0 && loudest < AUDIBLE / 10;
      };
      await until(silent, { what: () => `silence at ${who()}`, timeout: PATIENCE_MS });
    },
    async hearsMusic() {
      await until(async () => Number(await page.evaluate('soundOfPage()')) > AUDIBLE / 2, {
        what: () => `music at ${who()}`,
      });
    },
  };
}
