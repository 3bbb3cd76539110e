/** Contrast by WCAG 2.2, for colours that a city chooses. Colours are `#rrggbb`. */

type Rgb = readonly [number, number, number];

function channels(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function hex(rgb: Rgb): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(color: string): number {
  const [red, green, blue] = channels(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** `color` with `share` (0-1) of `other` mixed in. */
export function mix(color: string, other: string, share: number): string {
  const added = channels(other);
  return hex(channels(color).map((channel, index) => channel + ((added[index] ?? 0) - channel) * share) as never);
}

/** White or near-black, whichever reads better on `color`. */
export function textOn(color: string): string {
  const ink = '#14181f';
  return contrast(color, '#ffffff') >= Math.min(4.5, contrast(color, ink)) ? '#ffffff' : ink;
}

/** `color` moved towards black or white just far enough to be read as text on `background`. */
export function legibleOn(color: string, background: string, ratio = 4.5): string {
  const goal = luminance(background) > 0.18 ? '#000000' : '#ffffff';
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix(color, goal, share);
    if (contrast(candidate, background) >= ratio) return candidate;
  }
  return goal;
}
