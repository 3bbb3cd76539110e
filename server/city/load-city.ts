import { stat } from 'node:fs/promises';
import { ConfigError } from '../config.ts';
import { type City, citySchema } from '../contract/city.ts';
import { cityPlacesSchema } from '../contract/city-places.ts';
import { checkReferences } from './check-references.ts';
import { CityError, type CityProblem } from './city-error.ts';
import { CityFolder } from './city-folder.ts';

const ENGLISH_FROM_HERE = /^<!-- en -->$/m;

/** Which file holds which keys of the city; what is not named here is in `city.yaml`. */
const fileOf: Record<string, string> = {
  departments: 'catalog.yaml',
  services: 'catalog.yaml',
  topics: 'catalog.yaml',
  actions: 'catalog.yaml',
  english: 'catalog.en.yaml',
  queues: 'queues.yaml',
  operators: 'operators.yaml',
  cannedReplies: 'canned-replies.yaml',
  phrases: 'phrases.yaml',
  danger: 'danger.yaml',
  words: 'words.yaml',
  templates: 'templates.yaml',
  quality: 'quality.yaml',
};
/** Their keys stand in the file as they are; of the others the file is the value of one key. */
const withKeysInside = new Set(['city.yaml', 'catalog.yaml']);

/**
 * Reads and checks a city's folder as a whole.
 *
 * @throws CityError listing everything that is wrong with it, each with its file and key.
 */
export async function loadCity(path: string): Promise<City> {
  if (!(await stat(path).catch(() => null))?.isDirectory()) {
    throw new ConfigError(`There is no city in ${path}: set CITY to the name of a folder under cities/.`);
  }
  const folder = new CityFolder(path);
  const content = await readContent(folder);
  if (folder.problems.length > 0) throw new CityError(path, folder.problems);

  const parsed = citySchema.strict().safeParse(content);
  if (!parsed.success) {
    throw new CityError(
      path,
      parsed.error.issues.map((issue) => locate(issue.path, issue.message, content)),
    );
  }
  const dangling = checkReferences(parsed.data);
  if (dangling.length > 0) throw new CityError(path, dangling);
  return parsed.data;
}

async function readContent(folder: CityFolder) {
  const [city, catalogue, articles, utterances, privacyNotice, places, ...rest] = await Promise.all([
    folder.yaml('city.yaml'),
    folder.yaml('catalog.yaml'),
    readArticles(folder),
    readUtterances(folder),
    readPrivacyNotice(folder),
    readPlaces(folder),
    ...Object.entries(fileOf)
      .filter(([, file]) => !withKeysInside.has(file))
      .map(async ([key, file]) => [key, await folder.yaml(file)] as const),
  ]);
  return {
    ...Object(city),
    ...Object(catalogue),
    ...Object.fromEntries(rest),
    articles,
    utterances,
    privacyNotice,
    places,
  };
}

async function readArticles(folder: CityFolder) {
  const ids = await folder.names('articles', '.md');
  return Promise.all(
    ids.map(async (id) => {
      const article = await folder.markdown(`articles/${id}.md`);
      const [es, en] = article?.body.split(ENGLISH_FROM_HERE).map((body) => body.trim()) ?? [];
      return { id, ...Object(article?.head), body: { es, en } };
    }),
  );
}

async function readUtterances(folder: CityFolder) {
  const ids = await folder.names('utterances', '.txt');
  return Object.fromEntries(
    await Promise.all(ids.map(async (id) => [id, await folder.lines(`utterances/${id}.txt`)] as const)),
  );
}

async function readPlaces(folder: CityFolder) {
  return Object.fromEntries(
    await Promise.all(
      Object.keys(cityPlacesSchema.shape).map(
        async (name) => [name, await folder.json(`places/${name}.geojson`)] as const,
      ),
    ),
  );
}

async function readPrivacyNotice(folder: CityFolder) {
  const [es, en] = await Promise.all([folder.markdown('privacy.es.md'), folder.markdown('privacy.en.md')]);
  const heads = { es: Object(es?.head), en: Object(en?.head) };
  if (es && en && heads.es.version !== heads.en.version) {
    folder.note('privacy.en.md', 'version', `it must be «${heads.es.version}», as in privacy.es.md`);
  }
  return {
    version: heads.es.version,
    short: { es: heads.es.short, en: heads.en.short },
    full: { es: es?.body, en: en?.body },
  };
}

/** Turns the path of a value in the assembled city into the file and key where a person finds it. */
function locate(path: PropertyKey[], message: string, content: { articles: { id: string }[] }): CityProblem {
  const [top = '', second, ...below] = path;
  if (top === 'articles' && typeof second === 'number') {
    return { file: `articles/${content.articles[second]?.id}.md`, key: keyOf(below), message };
  }
  if (top === 'utterances') return { file: `utterances/${String(second)}.txt`, key: keyOf(below), message };
  if (top === 'places') return { file: `places/${String(second)}.geojson`, key: keyOf(below), message };
  if (top === 'privacyNotice') {
    const language = below.includes('en') ? 'en' : 'es';
    return { file: `privacy.${language}.md`, key: second === 'full' ? '' : String(second), message };
  }
  const file = fileOf[String(top)] ?? 'city.yaml';
  return { file, key: keyOf(withKeysInside.has(file) ? path : path.slice(1)), message };
}

function keyOf(path: PropertyKey[]): string {
  return path.reduce<string>((key, step) => {
    if (typeof step === 'number') return `${key}[${step}]`;
    return key ? `${key}.${String(step)}` : String(step);
  }, '');
}
