/** Puts Opus packets into an Ogg file, as voice notes are (RFC 7845): mono, 48 kHz. */
export function oggOpus(packets: { data: Uint8Array; samples: number }[]): Blob {
  const text = new TextEncoder();
  const head = new Uint8Array(19);
  head.set(text.encode('OpusHead'));
  // Version, channels, samples to skip, rate of the source, gain, mapping.
  head.set([1, 1, 0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0], 8);
  const vendor = text.encode('linea');
  const tags = new Uint8Array(16 + vendor.length);
  tags.set(text.encode('OpusTags'));
  tags.set([vendor.length], 8);
  tags.set(vendor, 12);

  const pages = [page(head, 0, 0n, 2), page(tags, 1, 0n, 0)];
  let position = 0n;
  for (const [index, { data, samples }] of packets.entries()) {
    position += BigInt(samples);
    pages.push(page(data, index + 2, position, index === packets.length - 1 ? 4 : 0));
  }
  return new Blob(pages as BlobPart[], { type: 'audio/ogg' });
}

/** One page with one packet. `flags`: 2 begins the stream, 4 ends it. */
function page(packet: Uint8Array, sequence: number, position: bigint, flags: number): Uint8Array {
  const lengths = [...Array.from({ length: Math.floor(packet.length / 255) }, () => 255), packet.length % 255];
  const bytes = new Uint8Array(27 + lengths.length + packet.length);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('OggS'));
  bytes[5] = flags;
  view.setBigInt64(6, position, true);
  view.setUint32(14, 1, true);
  view.setUint32(18, sequence, true);
  bytes[26] = lengths.length;
  bytes.set(lengths, 27);
  bytes.set(packet, 27 + lengths.length);
  view.setUint32(22, checksum(bytes), true);
  return bytes;
}

/** CRC-32 as Ogg has it: polynomial 04c11db7, nothing reflected. */
function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc = (crc ^ (byte << 24)) >>> 0;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x80000000 ? 0x04c11db7 : 0)) >>> 0;
  }
  return crc;
}
