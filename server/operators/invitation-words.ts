import type { Locale } from '../contract/errors.ts';

interface Told {
  kind: 'invitation' | 'reset';
  name: string;
  city: string;
  link: string;
  /** As its reader writes a date. */
  until: string;
}

const words: Record<Locale, Record<Told['kind'], (told: Told) => { subject: string; text: string }>> = {
  es: {
    invitation: ({ name, city, link, until }) => ({
      subject: `Tu acceso a la línea de ${city}`,
      text: `Hola, ${name}:

Ya tienes lugar en la consola de atención de ${city}. Elige tu contraseña aquí:

${link}

El enlace abre una sola vez y vence el ${until}.

Si no esperabas este correo, no hagas nada: sin el enlace nadie entra.`,
    }),
    reset: ({ name, city, link, until }) => ({
      subject: `Elige una contraseña nueva · ${city}`,
      text: `Hola, ${name}:

Aquí puedes elegir una contraseña nueva para la consola de atención de ${city}:

${link}

El enlace abre una sola vez y vence el ${until}. Al usarlo se cierran tus sesiones abiertas.

Si no lo pediste tú ni quien administra la línea, no hagas nada: tu contraseña sigue igual.`,
    }),
  },
  en: {
    invitation: ({ name, city, link, until }) => ({
      subject: `Your access to the line of ${city}`,
      text: `Hello ${name},

There is a place for you in the console of ${city}. Choose your password here:

${link}

The link opens once, until ${until}.

If you did not expect this mail, do nothing: nobody comes in without the link.`,
    }),
    reset: ({ name, city, link, until }) => ({
      subject: `Choose a new password · ${city}`,
      text: `Hello ${name},

Here you can choose a new password for the console of ${city}:

${link}

The link opens once, until ${until}. Using it ends the sessions you have open.

If neither you nor whoever administers the line asked for it, do nothing: your password stays as it is.`,
    }),
  },
};

/** What a link by mail says, in its reader's language. */
export const invitationWords = (locale: Locale, told: Told): { subject: string; text: string } =>
  words[locale][told.kind](told);
