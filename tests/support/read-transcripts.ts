import type { PlayOptions } from './bot-transcript.ts';

export interface Transcript {
  title: string;
  chat: string;
  options: PlayOptions;
  now: Date;
}

/** A Monday morning in Veracruz. */
const MONDAY = '2026-11-23T16:00:00Z';

/**
 * The chats of a file. Each begins with its title, `# …`; `@ idioma en`, `@ nombre Ana Ruiz`, `@ canal whatsapp` and
 * `@ fecha 2026-11-23T16:00:00Z` say what is not as usual, and `@ mensajes no` that nothing can be sent to a telephone.
 */
export function readTranscripts(file: string): Transcript[] {
  return file
    .split(/^# /m)
    .slice(1)
    .map((text) => {
      const [title = '', ...lines] = text.split('\n');
      const settings = new Map(
        lines.flatMap((line) => {
          const [, key, value] = /^@ (\w+) (.*)$/.exec(line.trim()) ?? [];
          return key && value ? [[key, value] as const] : [];
        }),
      );
      const name = settings.get('nombre');
      return {
        title: title.trim(),
        chat: lines.filter((line) => !line.startsWith('@')).join('\n'),
        now: new Date(settings.get('fecha') ?? MONDAY),
        options: {
          locale: settings.get('idioma') === 'en' ? 'en' : 'es',
          channel: (settings.get('canal') ?? 'chat') as PlayOptions['channel'] & string,
          ...(settings.get('mensajes') === 'no' && { canText: false }),
          ...(name && { name }),
        },
      };
    });
}
