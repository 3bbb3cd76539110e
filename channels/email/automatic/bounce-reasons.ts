import type { Phrase } from '../../../server/contract/error-catalogue.ts';

interface Reason extends Phrase {
  /** Enhanced status codes (RFC 3463) without their class. */
  status?: RegExp;
  /** What servers say where they give no code, or one that says nothing. */
  said?: RegExp;
}

/** The first row that fits. The words come before the code: servers are more careful with them. */
const reasons: Reason[] = [
  {
    es: 'El buzón está lleno.',
    en: 'The mailbox is full.',
    status: /^2\.2$/,
    said: /mailbox (?:is )?full|over ?quota|quota (?:exceeded|full)|exceed(?:ed|s)? (?:storage|quota|mailbox)|buz[óo]n (?:est[áa] )?lleno|insufficient (?:disk|storage)|out of storage/i,
  },
  {
    es: 'La dirección no existe.',
    en: 'The address does not exist.',
    status: /^1\.(?:1|3|6|10)$/,
    said: /user (?:is )?unknown|unknown user|no such (?:user|recipient|mailbox)|(?:address|recipient|mailbox|account|user)(?: \S+)? (?:was |is |does |could )?(?:not|n['’]t) (?:found|exist|be found)|no mailbox (?:here )?by that name|mailbox unavailable|invalid (?:recipient|mailbox)|address rejected|no se encontr[óo]|no existe|recipient address rejected/i,
  },
  {
    es: 'El buzón está desactivado.',
    en: 'The mailbox is disabled.',
    status: /^2\.1$/,
    said: /(?:mailbox|account|user)(?: \S+)? (?:is )?(?:disabled|inactive|suspended|deactivated)|cuenta (?:desactivada|suspendida)/i,
  },
  {
    es: 'El dominio de la dirección no existe o no recibe correo.',
    en: 'The domain of the address does not exist or takes no mail.',
    status: /^(?:1\.2|4\.4|1\.8)$/,
    said: /(?:domain|host)(?: name)?(?: \S+)? (?:was |is )?not found|host unknown|unknown host|no mx|domain (?:does not exist|name not found)|nxdomain|couldn't find any host/i,
  },
  {
    es: 'El mensaje pesa más de lo que el otro servidor acepta.',
    en: 'The message is larger than the other server accepts.',
    status: /^(?:2\.3|3\.4)$/,
    said: /message (?:is )?too (?:large|big)|size (?:limit|exceed)|exceeds? (?:the )?(?:maximum|size)|demasiado grande/i,
  },
  {
    es: 'El otro servidor lo tomó por correo no deseado.',
    en: 'The other server took it for spam.',
    status: /^7\.(?:28|9)$/,
    said: /\bspam\b|blacklist|blocklist|block list|spamhaus|reputation|bulk mail/i,
  },
  {
    es: 'El otro servidor no pudo comprobar que venimos de quien decimos (SPF, DKIM o DMARC).',
    en: 'The other server could not verify our identity (SPF, DKIM or DMARC).',
    status: /^7\.(?:2[0-7]|26)$/,
    said: /\bdmarc\b|\bspf\b|\bdkim\b|unauthenticated/i,
  },
  {
    es: 'El otro servidor no acepta el mensaje por sus reglas.',
    en: 'The other server refuses the message by its rules.',
    status: /^7\.\d{1,3}$/,
    said: /rejected by (?:policy|recipient)|access denied|not authori[sz]ed|permission|prohibited|relay(?:ing)? (?:access )?denied|policy/i,
  },
  {
    es: 'El otro servidor no respondió a tiempo.',
    en: 'The other server did not answer in time.',
    status: /^(?:4\.(?:1|2|7)|0\.0)$/,
    said: /timed? ?out|connection refused|could not connect|delayed|retry time|no se pudo conectar|temporar(?:y|ily)/i,
  },
];

const unknown: Phrase = { es: 'El otro servidor no lo entregó.', en: 'The other server did not deliver it.' };
const soFar: Phrase = {
  es: 'Todavía no se ha entregado; se sigue intentando.',
  en: 'Not delivered yet; still being tried.',
};

/** Why a mail came back, in plain words. `status` is an enhanced code such as `5.2.2`. */
export function bounceReason(status: string | null, said: string, delayed: boolean): Phrase {
  const detail = status?.replace(/^\d\./, '') ?? '';
  // The code of a delay only says that there is one; x.0.0 says nothing at all.
  const byCode = reasons.find((reason) => detail !== '0.0' && reason.status?.test(detail));
  const byWords = reasons.find((reason) => reason.said?.test(said));
  const found = byWords ?? byCode ?? (delayed ? soFar : unknown);
  return { es: found.es, en: found.en };
}
