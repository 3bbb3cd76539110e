import type { City } from '../../contract/city.ts';
import type { Chance } from '../chance.ts';

/** What somebody turns to the city for. */
export interface Need {
  /** Something to be seen to, something to know, a person to talk to, how a report is going. */
  kind: 'report' | 'question' | 'person' | 'status';
  /** Of the catalogue. */
  id: string;
  /** As they say it. */
  words: string;
}

/** What is reported on a dry day, by its weight. */
const REPORTS: readonly (readonly [string, number])[] = [
  ['bache', 16],
  ['luminaria', 15],
  ['basura-no-recolectada', 14],
  ['fuga-agua', 11],
  ['falta-agua', 8],
  ['drenaje-tapado', 7],
  ['ruido', 5],
  ['perro-agresivo', 4],
  ['poda', 4],
  ['arbol-riesgo', 3],
  ['terreno-baldio', 3],
  ['tiradero-clandestino', 3],
  ['semaforo', 3],
  ['estacionamiento-indebido', 3],
  ['banqueta-danada', 2],
  ['alcantarilla-sin-tapa', 2],
  ['vehiculo-abandonado', 2],
  ['animal-muerto', 2],
  ['comercio-ambulante', 2],
  ['grafiti', 1],
];
const QUESTIONS: readonly (readonly [string, number])[] = [
  ['predial-pago', 14],
  ['acta-nacimiento', 9],
  ['horarios-ubicacion', 9],
  ['recoleccion-horario', 8],
  ['multa-transito', 7],
  ['licencia-funcionamiento', 6],
  ['predial-consulta', 5],
  ['licencia-construccion', 4],
  ['becas-convocatoria', 4],
  ['constancia-residencia', 4],
  ['adulto-mayor', 3],
  ['licencia-conducir', 3],
  ['curp-ine', 3],
  ['empleo-ofertas', 3],
  ['turismo', 2],
  ['panteones', 2],
  ['matrimonio-civil', 2],
];
const KINDS: readonly (readonly [Need['kind'], number])[] = [
  ['report', 60],
  ['question', 27],
  ['person', 9],
  ['status', 4],
];
/** Shorter than this, and it is a word that people type only to a machine. */
const SHORT = 12;

/** Somebody's need, in words that residents of this city use. */
export function aNeed(
  city: City,
  chance: Chance,
  from: readonly (readonly [string, number])[] | null,
  only: Need['kind'] | null = null,
): Need {
  const kind = from ? 'report' : (only ?? chance.weighted(KINDS));
  const id =
    kind === 'person'
      ? 'hablar-persona'
      : kind === 'status'
        ? 'estatus-folio'
        : chance.weighted(from ?? (kind === 'report' ? REPORTS : QUESTIONS));
  return { kind, id, words: wordsFor(city, chance, id) };
}

export function wordsFor(city: City, chance: Chance, id: string): string {
  const known = city.utterances[id] ?? [];
  const long = known.filter((words) => words.length > SHORT);
  const title = city.services.find((service) => service.id === id)?.title ?? id.replaceAll('-', ' ');
  return long.length > 0 ? chance.pick(long) : title.toLowerCase();
}
