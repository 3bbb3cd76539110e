import type { Phrase } from '../../../server/contract/errors.ts';

/** Enhanced status codes (RFC 3463) and SMTP replies, in words that say what to do. */
const reasons: [RegExp, Phrase][] = [
  [
    /^5\.1\.[0136]$|^550$|^551$/,
    {
      es: 'Esa dirección no existe. Revisa que esté bien escrita.',
      en: 'That address does not exist. Check its spelling.',
    },
  ],
  [
    /^5\.1\.2$|^5\.4\.[0-9]+$/,
    {
      es: 'El servidor de correo de esa dirección no existe o no responde.',
      en: 'The mail server of that address does not exist or does not answer.',
    },
  ],
  [/^5\.2\.1$/, { es: 'Esa cuenta de correo está desactivada.', en: 'That mail account is disabled.' }],
  [
    /^5\.2\.2$|^552$/,
    {
      es: 'Su buzón está lleno. Busca a la persona por otro medio.',
      en: 'Their mailbox is full. Reach them some other way.',
    },
  ],
  [
    /^5\.2\.3$|^5\.3\.4$/,
    {
      es: 'El correo es demasiado grande para su servidor. Manda menos archivos.',
      en: 'The mail is too large for their server. Send fewer files.',
    },
  ],
  [
    /^5\.7\.\d+$|^554$|^553$/,
    {
      es: 'Su servidor rechazó el correo por sus reglas de seguridad. Avisa a quien administra el correo de la ciudad.',
      en: 'Their server refused the mail by its security rules. Tell whoever runs the city’s mail.',
    },
  ],
  [
    /^53[0-9]$/,
    {
      es: 'Nuestro servidor de correo no aceptó la cuenta de la ciudad. Avisa a quien administra el correo.',
      en: 'Our mail server did not accept the city’s account. Tell whoever runs the mail.',
    },
  ],
];

const unknown: Phrase = {
  es: 'Su servidor de correo no aceptó el mensaje.',
  en: 'Their mail server did not accept the message.',
};

/** @param code an enhanced status such as `5.1.1`, or the three digits of the reply */
export function plainReason(code: string): Phrase {
  return reasons.find(([pattern]) => pattern.test(code))?.[1] ?? unknown;
}
