import type { IceServer } from '../server/contract/call.ts';
import type { CallSignal } from '../server/contract/call-room.ts';
import { inOrder } from '../server/contract/in-order.ts';
import { sessionOf } from './session-of.ts';

/** How long a way may take to be found before it is looked for anew: a signal was lost, or a network changed. */
const PATIENCE_MS = 10_000;

export interface LinkOptions {
  iceServers: readonly IceServer[];
  /** One of the two gives way when both speak at once. */
  polite: boolean;
  /** What they are sent; `sends` replaces it. */
  track: MediaStreamTrack;
  send(signal: CallSignal): void;
  onStream(stream: MediaStream): void;
  onConnected(connected: boolean): void;
}

/** One connection of ours; when it leads nowhere, or their page is another, the next one takes its place. */
interface Attempt {
  connection: RTCPeerConnection;
  sender: RTCRtpSender;
  /** The connection at the other side that we came to terms with. */
  theirs: string | null;
  offering: boolean;
}

/** The way to one of the others. */
export interface Link {
  signal(signal: CallSignal): void;
  sends(track: MediaStreamTrack): void;
  stats(): Promise<RTCStatsReport>;
  close(): void;
}

/**
 * Finds and keeps a way to another browser by perfect negotiation (W3C, WebRTC 1.0, section 10.7): either side may
 * speak at any time, and come back after a reload.
 */
export function createLink(options: LinkOptions): Link {
  let { track } = options;
  let closed = false;
  let late: ReturnType<typeof setTimeout> | undefined;
  let attempt = begin();

  function begin(): Attempt {
    const connection = new RTCPeerConnection({ iceServers: options.iceServers as RTCIceServer[] });
    const sender = connection.addTrack(track, new MediaStream([track]));
    const current: Attempt = { connection, sender, theirs: null, offering: false };
    const isCurrent = () => attempt === current && !closed;

    // An offer that fails, or is lost, is made anew when patience is over.
    connection.onnegotiationneeded = () => void offer(current).catch(() => undefined);
    connection.onicecandidate = ({ candidate }) => {
      if (isCurrent()) options.send({ type: 'candidate', candidate: candidate && plain(candidate) });
    };
    connection.ontrack = ({ track: heard, streams }) => {
      if (isCurrent()) options.onStream(streams[0] ?? new MediaStream([heard]));
    };
    connection.onconnectionstatechange = () => {
      if (!isCurrent()) return;
      const { connectionState } = connection;
      options.onConnected(connectionState === 'connected');
      if (connectionState === 'connected') return clearTimeout(late);
      if (connectionState === 'failed') connection.restartIce();
      wait();
    };
    wait();
    return current;
  }

  function wait(): void {
    clearTimeout(late);
    late = setTimeout(() => {
      if (attempt.connection.connectionState !== 'connected') beginAnew();
    }, PATIENCE_MS);
  }

  function beginAnew(): void {
    if (closed) return;
    attempt.connection.close();
    attempt = begin();
  }

  async function offer(current: Attempt): Promise<void> {
    current.offering = true;
    try {
      await current.connection.setLocalDescription();
      describe(current);
    } finally {
      current.offering = false;
    }
  }

  function describe({ connection: { localDescription: ours } }: Attempt): void {
    if (ours?.type === 'offer' || ours?.type === 'answer') options.send({ type: ours.type, sdp: ours.sdp });
  }

  async function take(description: { type: 'offer' | 'answer'; sdp: string }): Promise<void> {
    const theirs = sessionOf(description.sdp);
    const isOffer = description.type === 'offer';
    // Their page is another one now: what stood between us and the former is void.
    if (isOffer && attempt.theirs !== null && attempt.theirs !== theirs) beginAnew();
    const current = attempt;
    const { connection } = current;
    const collision = isOffer && (current.offering || connection.signalingState !== 'stable');
    if (collision && !options.polite) return;
    if (!isOffer && connection.signalingState !== 'have-local-offer') return;
    current.theirs = theirs;
    await connection.setRemoteDescription(description);
    if (!isOffer) return;
    await connection.setLocalDescription();
    describe(current);
  }

  async function handle(signal: CallSignal): Promise<void> {
    if (closed) return;
    if (signal.type !== 'candidate') return take(signal);
    // Candidates of a former page, or of an offer that was passed over, are nobody's.
    await attempt.connection.addIceCandidate(signal.candidate ?? undefined).catch(() => undefined);
  }

  // One after the other: a candidate is only understood behind its description.
  const afterTheLast = inOrder();
  return {
    signal(signal) {
      // What one browser says may mean nothing to another; patience covers that as well.
      afterTheLast(() => handle(signal)).catch(() => undefined);
    },
    sends(next) {
      if (next === track) return;
      track = next;
      void attempt.sender.replaceTrack(next).catch(() => undefined);
    },
    stats: () => attempt.connection.getStats(),
    close() {
      closed = true;
      clearTimeout(late);
      attempt.connection.close();
    },
  };
}

const plain = ({ candidate, sdpMid, sdpMLineIndex }: RTCIceCandidate) => ({ candidate, sdpMid, sdpMLineIndex });
