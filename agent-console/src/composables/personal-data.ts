/** An e-mail, a telephone or card number, or a CURP: what an example must not hold. */
const PERSONAL = /[\w.+-]+@[\w-]+\.\w+|(?:\d[\s().-]?){8,}|\b[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z\d]\d\b/i;

export function looksPersonal(text: string): boolean {
  return PERSONAL.test(text);
}
