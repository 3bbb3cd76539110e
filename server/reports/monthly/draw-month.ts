import type { City } from '../../contract/city.ts';
import type { Locale } from '../../contract/errors.ts';
import { changeOf } from '../../contract/figure-change.ts';
import type { FigureId } from '../../contract/figures.ts';
import { type FigureWords, figureWords } from '../figure-words.ts';
import { headFigures, type Month, type MonthPart } from './gather-month.ts';
import { type MonthStory, tellMonth } from './month-story.ts';
import { type MonthWords, monthWords } from './month-words.ts';
import { CONTENT_WIDTH, openPaper, PAGE, type Paper } from './paper/open-paper.ts';
import { drawBars, drawInTime } from './paper/plots.ts';

interface Drawing {
  paper: Paper;
  city: City;
  month: Month;
  words: FigureWords;
  say: MonthWords;
}

/** What matters most stands on the first page; how it is counted, on the last. */
export async function drawMonth(city: City, month: Month, locale: Locale): Promise<Buffer> {
  const words = figureWords(locale);
  const say = monthWords[locale];
  const name = words.month(month.period.from);
  const at = new Date(month.asOf);
  const made = new Intl.DateTimeFormat(locale === 'es' ? 'es-MX' : 'en-US', {
    dateStyle: 'long',
    timeZone: city.timeZone,
  }).format(at);
  const paper = openPaper(city.accent, locale, {
    title: `${say.title}: ${name}. ${city.contactName}`,
    author: city.contactName,
    subject: say.subject,
    at,
  });
  const drawing: Drawing = { paper, city, month, words, say };
  const story = tellMonth(month, locale);
  drawBand(drawing, name);
  drawStory(drawing, story);
  drawNumbers(drawing);
  drawDays(drawing);
  drawChanges(drawing, story);
  drawParts(drawing);
  drawDefinitions(drawing);
  return paper.finish((page, pages) => `${say.made(city.contactName, made)} · ${say.page(page, pages)}`);
}

const BAND = 92;

function drawBand({ paper, city, say }: Drawing, month: string): void {
  const { doc, look } = paper;
  paper.decorate(() => {
    doc.rect(0, 0, PAGE.width, BAND).fill(look.accent);
    doc.save().translate(PAGE.margin, 24).scale(1.25);
    doc
      .path('M16 1.5 30 6v11.5c0 8-5.6 13.6-14 17-8.4-3.4-14-9-14-17V6Z')
      .lineWidth(1.6)
      .lineJoin('round')
      .fillOpacity(0.16)
      .fillAndStroke(look.onAccent, look.onAccent);
    doc.fillOpacity(1).path('M5.5 25.5c3.5-2.2 7-2.2 10.5 0s7 2.2 10.5 0').lineCap('round').stroke(look.onAccent);
    doc.restore();
    paper.write(city.name.charAt(0), {
      x: PAGE.margin,
      y: 33,
      width: 40,
      size: 15,
      bold: true,
      colour: look.onAccent,
      align: 'center',
    });
  });
  const x = PAGE.margin + 56;
  const width = CONTENT_WIDTH - 56;
  paper.say('P', `${city.contactName} · ${city.name}`, { x, y: 22, width, size: 10.5, colour: look.onAccent });
  paper.say('H1', `${say.title}: ${month}`, { x, y: 38, width, size: 21, bold: true, colour: look.onAccent });
  paper.y = BAND + 22;
}

function heading({ paper }: Drawing, text: string, below: number): void {
  paper.room(below + 30);
  paper.y += 12;
  paper.say('H2', text, { size: 13, bold: true, colour: paper.look.accentText });
  paper.y += 5;
}

function drawStory({ paper, month, city, say }: Drawing, story: MonthStory): void {
  for (const [index, sentence] of story.headline.entries()) {
    paper.say('P', sentence, { size: index === 0 ? 14 : 11.5, bold: index === 0 });
    paper.y += 7;
  }
  const notes = [...(month.running ? [say.running] : []), ...(city.sample ? [say.sample] : [])];
  for (const note of notes) {
    paper.say('P', note, { size: 9.5, colour: paper.look.grey });
    paper.y += 4;
  }
}

const TILES: readonly FigureId[] = [
  'volume',
  'serviceLevel',
  'speedOfAnswer',
  'containment',
  'promisesKept',
  'satisfaction',
];
const COLUMNS = 3;
const TILE = { height: 84, gap: 10 };

function drawNumbers(drawing: Drawing): void {
  const { paper, month, words, say } = drawing;
  const { doc, look } = paper;
  const width = (CONTENT_WIDTH - TILE.gap * (COLUMNS - 1)) / COLUMNS;
  const rows = Math.ceil(TILES.length / COLUMNS);
  heading(drawing, say.numbers, rows * (TILE.height + TILE.gap));
  const top = paper.y;
  for (const [index, id] of TILES.entries()) {
    const x = PAGE.margin + (index % COLUMNS) * (width + TILE.gap);
    const y = top + Math.floor(index / COLUMNS) * (TILE.height + TILE.gap);
    const { now, before, yearAgo } = month.figures[id];
    paper.decorate(() => doc.roundedRect(x, y, width, TILE.height, 6).fill(look.soft));
    const inside = { x: x + 10, width: width - 20 };
    paper.say('P', words.title(id), { ...inside, y: y + 8, size: 9, colour: look.grey, oneLine: true });
    paper.say('P', words.value(id, now), { ...inside, y: y + 21, size: 21, bold: true });
    for (const [line, then, name] of [
      [0, before, words.monthAlone(month.before.from)],
      [1, yearAgo, words.shortMonth(month.yearAgo.from)],
    ] as const) {
      const change = changeOf(id, now, then);
      const tone =
        line === 0 && change ? { better: look.better, worse: look.worse, neutral: look.grey }[change.tone] : look.grey;
      const text = change ? say.against(change.direction, words.sizeOf(change), name) : `${name}: ${say.noData}`;
      paper.say('P', text, { ...inside, y: y + 51 + line * 14, size: 8.5, colour: tone, oneLine: true });
    }
  }
  paper.y = top + rows * (TILE.height + TILE.gap);
}

function drawDays(drawing: Drawing): void {
  const { month, words, say, paper } = drawing;
  const days = month.volumeByDay.map(({ key }) => String(Number(key.slice(8))));
  heading(drawing, say.volumeByDay, 190);
  drawInTime(
    paper,
    {
      alt: altOf(drawing, say.volumeByDay, 'volume', month.volumeByDay),
      labels: days,
      values: month.volumeByDay.map(({ now }) => now),
      before: month.volumeByDay.map(({ before }) => before),
      legend: say.legend,
      format: words.count,
      height: 178,
    },
    'columns',
  );
  heading(drawing, say.serviceLevelByDay, 160);
  drawInTime(
    paper,
    {
      alt: altOf(drawing, say.serviceLevelByDay, 'serviceLevel', month.serviceLevelByDay),
      labels: days,
      values: month.serviceLevelByDay.map(({ now }) => now),
      before: month.serviceLevelByDay.map(({ before }) => before),
      legend: say.legend,
      format: (value) => words.value('serviceLevel', value),
      most: 1,
      height: 150,
    },
    'line',
  );
}

function drawChanges(drawing: Drawing, { worse, better }: MonthStory): void {
  const { paper, say } = drawing;
  const list = (title: string, sentences: readonly string[]) => {
    heading(drawing, title, 20 + sentences.length * 16);
    for (const sentence of sentences) {
      paper.say('P', `•  ${sentence}`, { size: 10.5 });
      paper.y += 3;
    }
  };
  list(say.worse, worse.length > 0 ? worse : [say.nothingWorse]);
  if (better.length > 0) list(say.better, better);
}

const MOST_BARS = 10;

function drawParts(drawing: Drawing): void {
  const { month, words, say, paper } = drawing;
  const counted = (title: string, parts: readonly MonthPart[], note?: string) => {
    heading(drawing, title, 40 + Math.min(parts.length, MOST_BARS) * 19);
    if (note) small(drawing, note);
    const shown = parts.slice(0, MOST_BARS);
    if (shown.length === 0) return small(drawing, say.nothing);
    const bars = shown.map(({ label, now, before }) => {
      const change = changeOf('volume', now, before);
      const mark =
        change && change.direction !== 'same'
          ? `  ${change.direction === 'up' ? '+' : '−'}${words.sizeOf(change)}`
          : '';
      return { label, value: now, before, text: `${words.count(now ?? 0)}${mark}` };
    });
    drawBars(paper, say.bars(title, bars.map(({ label, text }) => `${label}: ${text}`).join('; ')), bars);
    if (parts.length > MOST_BARS) small(drawing, say.more(words.count(parts.length - MOST_BARS)));
  };
  counted(say.channels, month.channels, say.markNote);
  const departments = month.departments.slice(0, MOST_BARS);
  heading(drawing, say.departments, 40 + departments.length * 19);
  if (departments.length === 0) small(drawing, say.nothing);
  else {
    small(drawing, say.departmentsNote);
    const bars = departments.map(({ label, now, before, promised }) => ({
      label,
      value: now,
      before,
      text: `${words.value('promisesKept', now)} (${words.count(promised)})`,
    }));
    drawBars(paper, say.bars(say.departments, bars.map(({ label, text }) => `${label}: ${text}`).join('; ')), bars, 1);
  }
  counted(say.topics, month.topics);
  counted(say.colonias, month.colonias, say.coloniasNote);
}

function small({ paper }: Drawing, text: string): void {
  paper.say('P', text, { size: 9, colour: paper.look.grey });
  paper.y += 5;
}

function drawDefinitions(drawing: Drawing): void {
  const { paper, month, words, say } = drawing;
  heading(drawing, say.definitions, 60);
  for (const id of headFigures) {
    const text = `${words.title(id)}. ${words.rule(id)}`;
    paper.room(paper.heightOf(text, { size: 9 }) + 4);
    paper.say('P', text, { size: 9 });
    paper.y += 4;
  }
  const left = month.protectedAtLeast;
  const notes = [say.recent, ...(left === null ? [] : [left === 0 ? say.protectedFew : say.protected(left)])];
  for (const note of notes) {
    paper.room(16);
    small(drawing, note);
  }
}

/** What a plot in time shows, for whoever does not see it. */
function altOf({ words, say }: Drawing, title: string, id: FigureId, parts: readonly MonthPart[]): string {
  const known = parts.filter(({ now }) => now !== null).sort((one, other) => (other.now ?? 0) - (one.now ?? 0));
  const [most, least] = [known[0], known.at(-1)];
  if (!most || !least) return `${title}: ${say.nothing}`;
  return say.plot(
    title,
    words.value(id, most.now),
    words.date(most.key),
    words.value(id, least.now),
    words.date(least.key),
  );
}
