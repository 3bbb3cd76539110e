const FORM =
  /^[A-Z][AEIOUX][A-Z]{2}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[HMX](?:AS|B[CS]|C[CLMSH]|D[FG]|G[TR]|HG|JC|M[CNS]|N[ETL]|OC|PL|Q[TR]|S[PLR]|T[CSL]|VZ|YN|ZS)[B-DF-HJ-NP-TV-Z]{3}[A-Z\d]\d$/;
const DIGITS = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';

/** Whether it is a CURP: its form, its state and its check digit (RENAPO, Instructivo normativo para la CURP). */
export function isCurp(text: string): boolean {
  if (!FORM.test(text)) return false;
  const sum = [...text.slice(0, 17)].reduce((total, digit, index) => total + DIGITS.indexOf(digit) * (18 - index), 0);
  return (10 - (sum % 10)) % 10 === Number(text.at(17));
}
