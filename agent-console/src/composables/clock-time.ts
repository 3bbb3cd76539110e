const SEPARATED = /^(\d{1,2})(?:[:.h ](\d{1,2}))?$/;
const TOGETHER = /^(\d{1,2})(\d{2})$/;

/** What somebody typed as a time of day, as `HH:MM`; `8`, `8:5`, `830` and `0830` are understood. Null when it is none. */
export function clockTimeOf(typed: string): string | null {
  const digits = SEPARATED.exec(typed.trim()) ?? TOGETHER.exec(typed.trim());
  if (!digits) return null;
  const [hours, minutes] = [Number(digits[1]), Number(digits[2] ?? 0)];
  const midnight = hours === 24 && minutes === 0;
  if (!midnight && (hours > 23 || minutes > 59)) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
