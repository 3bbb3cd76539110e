import type { Locale } from '../../../server/contract/error-catalogue.ts';

export interface ScreenCity {
  name: string;
  contactName: string;
  color: string;
}

const words = {
  es: { title: 'Simulador de teléfonos', noScript: 'Para usar el simulador, activa JavaScript en tu navegador.' },
  en: { title: 'Telephone simulator', noScript: 'To use the simulator, turn on JavaScript in your browser.' },
} as const;

/** The page `/simulator`: a frame that its script fills. */
export function renderScreen(city: ScreenCity, locale: Locale): string {
  const { title, noScript } = words[locale];
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<title>${title} · ${escaped(city.contactName)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/simulator/app.css">
<script src="/simulator/app.js" type="module"></script>
</head>
<body>
<div id="app" data-locale="${locale}" data-city="${escaped(city.contactName)}"></div>
<noscript><p>${noScript}</p></noscript>
</body>
</html>
`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
