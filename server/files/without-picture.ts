/** Where film and sound share a container, what holds sound alone: voice notes of Messenger and of browsers come so. */
const SOUND_OF: Readonly<Record<string, { type: string; isSound(bytes: Buffer): boolean }>> = {
  'video/mp4': {
    type: 'audio/mp4',
    isSound(bytes) {
      const kinds = handlersOf(bytes);
      return kinds.has('soun') && !kinds.has('vide');
    },
  },
  'video/webm': {
    type: 'audio/webm',
    // Codecs of pictures and of sound, as Matroska names them.
    isSound: (bytes) => /A_(?:OPUS|VORBIS)/.test(headOf(bytes)) && !/V_(?:VP8|VP9|AV1|MPEG)/.test(headOf(bytes)),
  },
};

/** Tracks are told of before their content. */
const headOf = (bytes: Buffer): string => bytes.subarray(0, 64 * 1024).toString('latin1');

/** What the tracks of an MP4 hold (ISO/IEC 14496-12, 8.4.3); they may be told of behind the content. */
function handlersOf(bytes: Buffer): Set<string> {
  const kinds = new Set<string>();
  for (let at = bytes.indexOf('hdlr'); at >= 0; at = bytes.indexOf('hdlr', at + 4)) {
    kinds.add(bytes.toString('latin1', at + 12, at + 16));
  }
  return kinds;
}

/** The type of a recording: sound, if there is no picture in it. */
export function withoutPicture(type: string, bytes: Uint8Array): string {
  const sound = SOUND_OF[type];
  return sound?.isSound(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) ? sound.type : type;
}
