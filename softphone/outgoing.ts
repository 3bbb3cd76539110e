/** What somebody is to hear of us. */
export interface Share {
  /** Null: they do not hear it. */
  microphone: MediaStreamTrack | null;
  muted: boolean;
  /** Several voices that go to them as one; null: the microphone alone. */
  voices: readonly AudioNode[] | null;
}

/** What is sent to one of the others, as a track. */
export interface Outgoing {
  /** The track that carries this share; the same one while nothing changed. */
  track(share: Share): MediaStreamTrack;
  close(): void;
}

/** A track of their own for each of the others, since each may be silenced alone. */
export function createOutgoing(context: AudioContext, silence: MediaStreamTrack): Outgoing {
  let own: { of: MediaStreamTrack; track: MediaStreamTrack } | null = null;
  let relay: { node: MediaStreamAudioDestinationNode; from: Set<AudioNode> } | null = null;

  function dropOwn(): void {
    own?.track.stop();
    own = null;
  }

  function dropRelay(): void {
    for (const node of relay?.from ?? []) if (relay) node.disconnect(relay.node);
    relay = null;
  }

  function relayOf(voices: readonly AudioNode[]): MediaStreamTrack {
    relay ??= { node: context.createMediaStreamDestination(), from: new Set() };
    const { node, from } = relay;
    for (const voice of from) if (!voices.includes(voice)) voice.disconnect(node);
    for (const voice of voices) if (!from.has(voice)) voice.connect(node);
    relay.from = new Set(voices);
    return node.stream.getAudioTracks()[0] ?? silence;
  }

  return {
    track({ microphone, muted, voices }) {
      if (voices) {
        dropOwn();
        return relayOf(voices);
      }
      dropRelay();
      if (!microphone) {
        dropOwn();
        return silence;
      }
      if (own?.of !== microphone) {
        dropOwn();
        own = { of: microphone, track: microphone.clone() };
      }
      own.track.enabled = !muted;
      return own.track;
    },
    close() {
      dropOwn();
      dropRelay();
    },
  };
}
