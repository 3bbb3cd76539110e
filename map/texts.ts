import type { Locale } from '../server/contract/errors.ts';

export type MapLocale = Locale;

interface MapTexts {
  pin: string;
  /** How to choose a point without a mouse; told to who comes with the keyboard. */
  pick: string;
  controls: Record<string, string>;
}

export const texts: Record<MapLocale, MapTexts> = {
  es: {
    pin: 'El lugar elegido',
    pick: 'Muévete con las flechas, acércate con + y −, y elige el centro con Enter.',
    controls: {
      'Map.Title': 'Mapa',
      'NavigationControl.ZoomIn': 'Acercar',
      'NavigationControl.ZoomOut': 'Alejar',
      'AttributionControl.ToggleAttribution': 'De quién es el mapa',
      'Marker.Title': 'Lugar en el mapa',
      'Popup.Close': 'Cerrar',
    },
  },
  en: {
    pin: 'The chosen place',
    pick: 'Move with the arrow keys, zoom with + and −, and choose the centre with Enter.',
    controls: {},
  },
};
