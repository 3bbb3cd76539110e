/** An MP4 of these tracks. */
const mp4Of = (...handlers: string[]): Buffer =>
  Buffer.concat([
    Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'),
    ...handlers.map((handler) => Buffer.from(`\0\0\0\x20hdlr\0\0\0\0\0\0\0\0${handler}${'\0'.repeat(16)}`, 'latin1')),
    Buffer.alloc(200),
  ]);

/** The least that programs take for a file of its kind. */
export const samples = {
  png: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  jpeg: Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.alloc(64)]),
  webp: Buffer.concat([Buffer.from('RIFF\x20\0\0\0WEBPVP8 ', 'latin1'), Buffer.alloc(32)]),
  pdf: Buffer.from('%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n'),
  /** A voice note: Opus in Ogg. */
  ogg: Buffer.concat([
    Buffer.from(`OggS\0\x02${'\0'.repeat(20)}\x01\x13OpusHead\x01\x01`, 'latin1'),
    Buffer.alloc(200),
  ]),
  mp4: mp4Of('vide', 'soun'),
  /** A voice note of Messenger: sound alone, in the container of films. */
  m4a: mp4Of('soun'),
  /** The same of a browser. */
  weba: Buffer.concat([
    Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
    Buffer.from('A_OPUS'),
  ]),
  /** A program of Windows. */
  exe: Buffer.concat([Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), Buffer.alloc(200)]),
  html: Buffer.from('<!doctype html><script>fetch("/api/v1/session")</script>'),
} as const;
