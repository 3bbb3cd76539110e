import { type Markup, markup } from './markup.ts';

/** Colours of the city come in as attributes of drawings: the page's security policy allows no inline styles. */
export function accentFill(color: string): Markup {
  return markup`<svg class="fill" aria-hidden="true"><rect width="100%" height="100%" fill="${color}"/></svg>`;
}

/** The band behind the page's first sentence: the city's colour, with a skyline of hills or waves at its foot. */
export function heroFill(color: string): Markup {
  return markup`${accentFill(color)}<svg class="waves" viewBox="0 0 1200 160" preserveAspectRatio="none" aria-hidden="true">
    <g fill="#fff">
      <path fill-opacity=".06" d="M0 60c150-50 300-50 450 0s300 50 450 0 200-40 300-20v120H0Z"/>
      <path fill-opacity=".06" d="M0 100c120-40 280-40 420 0s280 40 420 0 240-30 360 0v60H0Z"/>
      <path fill-opacity=".07" d="M0 130c140-26 300-26 460 0s300 26 460 0 200-18 280 0v30H0Z"/>
    </g>
  </svg>`;
}

/** The shield of the line, with the initial of the city. */
export function shield(cityName: string): Markup {
  return markup`<svg class="shield" viewBox="0 0 32 36" aria-hidden="true">
    <path d="M16 1.500 30 6v11.500c0 8-5.600 13.600-14 17-8.400-3.400-14-9-14-17V6Z" fill="currentColor" fill-opacity=".16" stroke="currentColor" stroke-width="1.600" stroke-linejoin="round"/>
    <path d="M5.500 25.500c3.500-2.200 7-2.200 10.500 0s7 2.200 10.500 0" fill="none" stroke="currentColor" stroke-width="1.600" stroke-linecap="round"/>
    <text x="16" y="20" text-anchor="middle" font-size="13" font-weight="700" fill="currentColor">${cityName.charAt(0)}</text>
  </svg>`;
}

const outlines = {
  write: 'M21 12a8.500 8.500 0 0 1-8.500 8.500H4l1.800-3.300A8.500 8.500 0 1 1 21 12ZM8.500 10.500h8M8.500 14h5',
  call: 'M5 3.500h3.500l1.700 4.300-2.200 1.700a12 12 0 0 0 6.500 6.500l1.700-2.200 4.300 1.700V19a2 2 0 0 1-2.200 2A16.500 16.500 0 0 1 3 5.700a2 2 0 0 1 2-2.200Z',
  report: 'M12 21s7-6.100 7-11.500a7 7 0 1 0-14 0C5 14.900 12 21 12 21ZM12 6.500v3.500m0 2.500v.01',
  folio: 'M7 3h7l5 5v13H7ZM14 3v5h5M10 12.500h6M10 16h4',
  arrow: 'm9 6 6 6-6 6',
} as const;

/** Line drawings of the page, all in one hand: round ends, one weight. */
export function drawing(name: keyof typeof outlines): Markup {
  return markup`<svg class="drawing" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.800"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${outlines[name]}"/></svg>`;
}
