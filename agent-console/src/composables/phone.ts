/** A Mexican number in the groups people say it in, `+52 229 123 4567`; any other as it is. */
export function spokenPhone(phone: string): string {
  return phone.replace(/^\+52(\d{3})(\d{3})(\d{4})$/, '+52 $1 $2 $3');
}

/** What somebody typed, as E.164: ten digits are a Mexican number. */
export function dialable(typed: string): string {
  const digits = typed.replace(/[^\d+]/g, '');
  return /^\d{10}$/.test(digits) ? `+52${digits}` : digits;
}

/** Whether that can be called: E.164. */
export const isDialable = (number: string): boolean => /^\+[1-9]\d{6,14}$/.test(number);
