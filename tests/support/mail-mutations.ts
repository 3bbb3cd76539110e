import type { SeededRandom } from './seeded-random.ts';

/** Things that have broken mail programs. */
const hostile = [
  ...[
    '\0',
    '\r',
    '\n\n',
    '\r\n\r\n',
    '=?utf-8?B?////?=',
    '=?x?Q?=FF?=',
    '=?utf-8?Q?',
    '<<<>>>',
    '"',
    '\\',
    ';;;',
    '\xff\xfe',
    '\xc3\x28',
  ],
  ...[
    'Content-Type: multipart/mixed; boundary=""\n',
    'Content-Type: multipart/alternative; boundary="x"\n',
    'Content-Type: message/rfc822\n',
  ],
  ...[
    'Content-Transfer-Encoding: base64\n',
    'Content-Transfer-Encoding: quoted-printable\n',
    'Content-Type: text/html; charset=utf-7\n',
  ],
  ...[
    'Content-Type: text/plain; charset="',
    'Date: 99 Feb 0000 77:77:77\n',
    'From: \n',
    'From: <@>, ,;:\n',
    'References: <<<\n',
    'Subject:\n \n \n',
  ],
  ...[
    '--x\n',
    '--x--\n',
    '----\n',
    '>'.repeat(300),
    '<div>'.repeat(200),
    '<blockquote type="cite">',
    '</html>',
    '<!--',
    '<style>',
    '&#x110000;',
    '&#0;',
  ],
  ...[
    '-----Mensaje original-----\n',
    'De: a\nEnviado: b\nPara: c\nAsunto: d\n',
    'On 1/1/2025, a <b@c.d> wrote:\n',
    '-- \n',
    'begin 644 x\n',
    '\x1b$B',
    '+AGE-',
  ],
  ...[
    'A'.repeat(2_000),
    ' '.repeat(2_000),
    '\t'.repeat(500),
    ',a@b.c'.repeat(200),
    '%'.repeat(200),
    '=\n'.repeat(100),
    '_'.repeat(300),
    '(('.repeat(200),
  ],
];

type Mutation = (mail: Buffer, random: SeededRandom, other: Buffer) => Buffer;

const mutations: Mutation[] = [
  function flipBytes(mail, random) {
    const out = Buffer.from(mail);
    for (let times = 1 + random.below(8); times > 0 && out.length > 0; times--)
      out[random.below(out.length)] = random.below(256);
    return out;
  },
  function cut(mail, random) {
    return mail.subarray(0, random.below(mail.length));
  },
  function remove(mail, random) {
    const from = random.below(mail.length);
    return Buffer.concat([mail.subarray(0, from), mail.subarray(from + random.below(200))]);
  },
  function repeat(mail, random) {
    const from = random.below(mail.length);
    const piece = mail.subarray(from, from + random.below(120));
    return Buffer.concat([
      mail.subarray(0, from),
      ...Array.from({ length: 1 + random.below(20) }, () => piece),
      mail.subarray(from),
    ]);
  },
  function insertHostile(mail, random) {
    const at = random.below(mail.length);
    return Buffer.concat([mail.subarray(0, at), Buffer.from(random.pick(hostile), 'latin1'), mail.subarray(at)]);
  },
  function insertHostileLine(mail, random) {
    const lines = mail.toString('latin1').split('\n');
    lines.splice(random.below(lines.length), 0, random.pick(hostile));
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  function removeLine(mail, random) {
    const lines = mail.toString('latin1').split('\n');
    lines.splice(random.below(lines.length), 1 + random.below(3));
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  function swapLines(mail, random) {
    const lines = mail.toString('latin1').split('\n');
    const [one, two] = [random.below(lines.length), random.below(lines.length)];
    [lines[one], lines[two]] = [lines[two] ?? '', lines[one] ?? ''];
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  function splice(mail, random, other) {
    return Buffer.concat([mail.subarray(0, random.below(mail.length)), other.subarray(random.below(other.length))]);
  },
  function nest(mail, random, other) {
    const at = random.below(mail.length);
    return Buffer.concat([
      mail.subarray(0, at),
      Buffer.from('\nContent-Type: message/rfc822\n\n'),
      other,
      mail.subarray(at),
    ]);
  },
  function lineEnds(mail, random) {
    return Buffer.from(mail.toString('latin1').replace(/\n/g, random.pick(['\r\n', '\r', '\n\r', '\r\r\n'])), 'latin1');
  },
];

/** One to four mutations, one after the other. `other` lends its pieces. */
export function mutate(mail: Buffer, other: Buffer, random: SeededRandom): Buffer {
  let mutated = mail;
  for (let times = 1 + random.below(4); times > 0 && mutated.length > 0; times--) {
    mutated = random.pick(mutations)(mutated, random, other);
  }
  return mutated.subarray(0, 64 * 1024);
}
