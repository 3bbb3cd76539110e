import type { Phrase } from './errors.ts';
import { type Measure, type Measured, type ReportGrouping, reportGroupings } from './report-terms.ts';

/** One figure: what is divided by what, and the sentence that says so on every screen it stands on. */
export interface Figure {
  unit: 'count' | 'share' | 'seconds' | 'days' | 'score';
  /** Their sum, divided by the sum of the others, if there are any. */
  of: readonly Measure[];
  per: readonly Measure[];
  /** Whether more is better, worse, or neither. */
  good: 'more' | 'less' | null;
  title: Phrase;
  rule: Phrase;
  /** What it can be parted by. */
  by: readonly ReportGrouping[];
}

const contacts = reportGroupings.filter((by) => by !== 'department');
const people = ['none', 'hour', 'day', 'operator'] as const;
const cases = ['none', 'channel', 'colonia', 'department'] as const;

/** Every figure of reports and board. The counts behind them are in `server/reports/contact-measures.ts`. */
export const figures = {
  volume: {
    unit: 'count',
    of: ['contacts'],
    per: [],
    good: null,
    title: { es: 'Contactos', en: 'Contacts' },
    rule: {
      es: 'Contactos que empezó la ciudadanía en el periodo, por cualquier canal. Cada uno cuenta en la hora y el día en que empezó. Las llamadas que hace la ciudad no se cuentan.',
      en: 'Contacts that citizens began in the period, on any channel. Each counts in the hour and the day it began. Calls made by the city are not counted.',
    },
    by: contacts,
  },
  offered: {
    unit: 'count',
    of: ['queued'],
    per: [],
    good: null,
    title: { es: 'Pidieron una persona', en: 'Asked for a person' },
    rule: {
      es: 'Contactos que entraron al menos una vez a una cola. Un contacto que pasa por varias cuenta en la que lo atendió, o en la última si nadie lo atendió.',
      en: 'Contacts that entered a queue at least once. One that went through several counts for the queue that answered it, or the last one if none did.',
    },
    by: contacts,
  },
  answered: {
    unit: 'count',
    of: ['answered'],
    per: [],
    good: 'more',
    title: { es: 'Atendidos', en: 'Answered' },
    rule: {
      es: 'Contactos que salieron de la cola porque una persona los tomó. En una llamada cuenta la primera palabra con una persona, no el timbre.',
      en: 'Contacts that left the queue because a person took them. Of a call the first word with a person counts, not the ringing.',
    },
    by: contacts,
  },
  serviceLevel: {
    unit: 'share',
    of: ['inTime'],
    per: ['answered', 'abandonedLate', 'waitingLate'],
    good: 'more',
    title: { es: 'Nivel de servicio', en: 'Service level' },
    rule: {
      es: 'Atendidos dentro de los segundos que promete su cola, entre los atendidos más los que abandonaron después de ese plazo más los que siguen esperando pasado el plazo. El reloj se detiene fuera del horario. Los abandonos antes de 10 segundos no cuentan.',
      en: 'Answered within the seconds their queue promises, of all answered, abandoned after that time, or still waiting past it. The clock stands still outside hours. Abandons within 10 seconds do not count.',
    },
    by: contacts,
  },
  speedOfAnswer: {
    unit: 'seconds',
    of: ['waitedSeconds'],
    per: ['answered'],
    good: 'less',
    title: { es: 'Espera media (ASA)', en: 'Average speed of answer' },
    rule: {
      es: 'Tiempo medio en cola de los atendidos, dentro del horario de su cola, hasta la primera respuesta de una persona.',
      en: 'Mean time in the queue of those answered, within its hours, until a person first answered.',
    },
    by: contacts,
  },
  abandonment: {
    unit: 'share',
    of: ['abandoned'],
    per: ['answered', 'abandoned'],
    good: 'less',
    title: { es: 'Abandono', en: 'Abandonment' },
    rule: {
      es: 'Los que dejaron la cola sin que una persona los atendiera (colgaron, cerraron el chat o callaron), entre atendidos más abandonados. Los que se van antes de 10 segundos no cuentan.',
      en: 'Those who left the queue without a person (hung up, closed the chat or fell silent), of answered and abandoned. Those who leave within 10 seconds do not count.',
    },
    by: contacts,
  },
  handleTime: {
    unit: 'seconds',
    of: ['activeSeconds', 'holdSeconds', 'wrapSeconds'],
    per: ['handled'],
    good: null,
    title: { es: 'Tiempo medio de atención (AHT)', en: 'Average handle time' },
    rule: {
      es: 'Tiempo en manos de una persona (conversación, espera en línea y cierre) entre los contactos atendidos que ya terminaron. Lo pospuesto no cuenta.',
      en: 'Time in the hands of a person (talk, hold and wrap-up) per answered contact that is over. Time put aside does not count.',
    },
    by: contacts,
  },
  talkTime: {
    unit: 'seconds',
    of: ['activeSeconds'],
    per: ['handled'],
    good: null,
    title: { es: 'Conversación', en: 'Talk' },
    rule: {
      es: 'La parte del AHT en que hablan o se escriben.',
      en: 'The part of handle time in which they talk or write.',
    },
    by: contacts,
  },
  holdTime: {
    unit: 'seconds',
    of: ['holdSeconds'],
    per: ['handled'],
    good: 'less',
    title: { es: 'Espera en línea', en: 'Hold' },
    rule: {
      es: 'La parte del AHT en que la persona que llama queda en espera con música.',
      en: 'The part of handle time in which the caller is put on hold.',
    },
    by: contacts,
  },
  wrapTime: {
    unit: 'seconds',
    of: ['wrapSeconds'],
    per: ['handled'],
    good: null,
    title: { es: 'Cierre', en: 'Wrap-up' },
    rule: {
      es: 'La parte del AHT que sigue a la llamada, mientras se anota lo que haga falta.',
      en: 'The part of handle time after a call, while what is needed is written down.',
    },
    by: contacts,
  },
  occupancy: {
    unit: 'share',
    of: ['busySeconds'],
    per: ['staffedSeconds'],
    good: null,
    title: { es: 'Ocupación', en: 'Occupancy' },
    rule: {
      es: 'Del tiempo que las personas estuvieron disponibles, la parte en que tuvieron al menos un contacto en las manos.',
      en: 'Of the time people were available, the part in which they had at least one contact in their hands.',
    },
    by: people,
  },
  firstContact: {
    unit: 'share',
    of: ['resolved'],
    per: ['resolvable'],
    good: 'more',
    title: { es: 'Resueltos al primer contacto', en: 'First contact resolution' },
    rule: {
      es: 'De los atendidos por una persona y terminados, los que no volvieron a escribir ni llamar por ningún canal en los 7 días siguientes al cierre. Los de los últimos 7 días todavía pueden cambiar.',
      en: 'Of those a person answered and closed, the ones who did not write or call again on any channel within 7 days of the close. Those of the last 7 days may still change.',
    },
    by: contacts,
  },
  transfers: {
    unit: 'share',
    of: ['transferred'],
    per: ['handled'],
    good: 'less',
    title: { es: 'Transferidos', en: 'Transferred' },
    rule: {
      es: 'De los atendidos y terminados, los que pasaron al menos una vez de una persona a otra o a otra cola.',
      en: 'Of those answered and over, the ones passed on at least once to another person or queue.',
    },
    by: contacts,
  },
  merged: {
    unit: 'count',
    of: ['merged'],
    per: [],
    good: null,
    title: { es: 'Unidos a otro', en: 'Merged' },
    rule: {
      es: 'Contactos que eran parte de otro y se unieron a él. Cuentan entre los contactos; lo que se atendió cuenta una sola vez, en el contacto que siguió.',
      en: 'Contacts that were part of another and were merged into it. They count as contacts; what was answered counts once, for the contact that went on.',
    },
    by: contacts,
  },
  satisfaction: {
    unit: 'share',
    of: ['satisfied'],
    per: ['rated'],
    good: 'more',
    title: { es: 'Satisfacción (CSAT)', en: 'Satisfaction (CSAT)' },
    rule: {
      es: 'De los contactos calificados, los que recibieron 4 o 5 de 5.',
      en: 'Of the rated contacts, those given 4 or 5 of 5.',
    },
    by: contacts,
  },
  containment: {
    unit: 'share',
    of: ['contained'],
    per: ['withBot'],
    good: 'more',
    title: { es: 'Resueltos por el bot', en: 'Bot containment' },
    rule: {
      es: 'De los contactos que empezaron con el bot, los que terminaron con él sin pasar por una cola ni por una persona. Quien cuelga sin decir nada no cuenta como resuelto.',
      en: 'Of the contacts that began with the bot, those that ended with it without a queue or a person. Whoever hangs up without a word does not count as contained.',
    },
    by: contacts,
  },
  botMisses: {
    unit: 'share',
    of: ['botMissed'],
    per: ['botTurns'],
    good: 'less',
    title: { es: 'El bot no entendió', en: 'Bot misses' },
    rule: {
      es: 'De las respuestas del bot, aquellas en que no entendió lo que le dijeron o se dio por vencido.',
      en: 'Of the answers of the bot, those in which it did not understand or gave up.',
    },
    by: contacts,
  },
  promisesKept: {
    unit: 'share',
    of: ['promisesKept'],
    per: ['promised'],
    good: 'more',
    title: { es: 'Promesas cumplidas', en: 'Promises kept' },
    rule: {
      es: 'De los casos prometidos para una fecha del periodo, que ya venció o ya se cerraron, los que se cerraron a más tardar ese día. Un caso reabierto cuenta con su nueva promesa.',
      en: 'Of the cases promised for a day of the period that is past, or closed already, those closed by that day. A reopened case counts with its new promise.',
    },
    by: cases,
  },
  openCases: {
    unit: 'count',
    of: ['openCases'],
    per: [],
    good: 'less',
    title: { es: 'Casos abiertos', en: 'Open cases' },
    rule: {
      es: 'Casos sin cerrar al final del periodo (o en este momento, si no ha terminado).',
      en: 'Cases not closed at the end of the period (or now, if it is not over).',
    },
    by: cases,
  },
  backlogAge: {
    unit: 'days',
    of: ['openCaseDays'],
    per: ['openCases'],
    good: 'less',
    title: { es: 'Antigüedad del rezago', en: 'Backlog age' },
    rule: {
      es: 'Edad media, en días de calendario, de los casos abiertos al final del periodo, desde que se abrieron.',
      en: 'Mean age, in calendar days, of the cases open at the end of the period, since they were opened.',
    },
    by: cases,
  },
} as const satisfies Record<string, Figure>;

export type FigureId = keyof typeof figures;
export const figureIds = Object.keys(figures) as FigureId[];

/** @returns null where it cannot be told: nothing to divide by, or not parted so */
export function figureOf(id: FigureId, measured: Measured): number | null {
  const { of, per }: Figure = figures[id];
  const sum = (measures: readonly Measure[]): number | null =>
    measures.reduce<number | null>((total, measure) => {
      const value = measured[measure];
      return total === null || value === undefined ? null : total + value;
    }, 0);
  const above = sum(of);
  if (per.length === 0 || above === null) return above;
  const below = sum(per);
  return below ? above / below : null;
}
