import { legibleOn, textOn } from '../../../../server/contract/contrast.ts';
import { darkSurface, lightSurface } from '../styles/base.ts';

/** A little more than WCAG asks for, because the accent also stands on tinted surfaces. */
const RATIO = 5.5;

/** Gives the styles a city's colour, and what of it can be read, by light and by dark. */
export function paint(host: HTMLElement, accent: string): void {
  const colors = {
    '--accent': accent,
    '--on-accent': textOn(accent),
    '--accent-on-light': legibleOn(accent, lightSurface, RATIO),
    '--accent-on-dark': legibleOn(accent, darkSurface, RATIO),
  };
  for (const [name, value] of Object.entries(colors)) host.style.setProperty(name, value);
}
