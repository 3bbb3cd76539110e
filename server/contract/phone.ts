const E164 = /^\+[1-9]\d{7,14}$/;
/** WhatsApp still knows Mexican mobiles by the 1 that telephones lost in 2019: `521…` and `52…` are one person. */
const MEXICAN_MOBILE = /^\+521(\d{10})$/;

/**
 * A telephone number as people are known by it, E.164 with the plus. Only its form is looked at: what tables of
 * numbering plans know changes with their version, and an address must not.
 * @param raw as providers write them: `+52 229 123 4567`, `5212291234567`, `whatsapp:+522291234567`
 * @returns null for what is no number in international form: short codes, names, ids
 */
export function phoneOf(raw: string): string | null {
  const digits = raw
    .replace(/^whatsapp:/, '')
    .replace(/^\+/, '')
    .replace(/[\s().-]/g, '');
  const phone = `+${digits}`.replace(MEXICAN_MOBILE, '+52$1');
  return E164.test(phone) ? phone : null;
}
