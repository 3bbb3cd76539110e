import type { DateTime } from 'luxon';
import type { City } from '../../contract/city.ts';
import { textOn } from '../../contract/contrast.ts';
import type { Locale } from '../../contract/errors.ts';
import type { FigureId } from '../../contract/figures.ts';
import type { Report } from '../../contract/report.ts';
import { type ReportTable, tableOf } from '../../contract/report-table.ts';
import { groupWords } from '../export-report.ts';
import { type FigureWords, figureWords } from '../figure-words.ts';

interface Given {
  city: Pick<City, 'contactName' | 'name' | 'accent'>;
  locale: Locale;
  name: string;
  owner: string;
  figures: readonly FigureId[];
  whole: Report;
  parted: Report;
  late: { due: DateTime; missed: number } | null;
  link: string;
  settings: string;
}

/** A table in a mail stays short; the attached workbook has every row. */
const MOST_ROWS = 40;

/** The report as a mail that can be read as it is: the numbers, what they were before, how each is counted. */
export function composeReport(given: Given): { subject: string; text: string; html: string } {
  const { locale, name, figures, whole, parted } = given;
  const words = figureWords(locale);
  const total = tableOf(whole, 'Total');
  const shown = figures.filter((id) => total.columns.includes(id));
  const period = words.period(whole.period);
  const told: Told = {
    ...given,
    words,
    say: says[locale],
    period,
    total,
    shown,
    table: parted.by === 'none' ? null : tableOf(parted, 'Total'),
    narrowed: whole.narrowed.map(({ by, label }) => `${groupWords[by][locale]}: ${label}`).join(' · '),
  };
  return { subject: `${name}: ${period}`, text: asText(told), html: asHtml(told) };
}

interface Told extends Given {
  words: FigureWords;
  say: (typeof says)[Locale];
  period: string;
  total: ReportTable;
  shown: FigureId[];
  table: ReportTable | null;
  narrowed: string;
}

function numbersOf({ total, shown, words }: Told) {
  const { values, before } = total.total;
  return shown.map((id) => {
    const index = total.columns.indexOf(id);
    const [now, then] = [values[index] ?? null, before?.[index] ?? null];
    return {
      id,
      title: words.title(id),
      value: words.value(id, now),
      before: then === null ? null : words.value(id, then),
      change: words.change(id, now, then),
    };
  });
}

/** Of the parts, the figures that can be parted so. */
function rowsOf({ table, shown, words }: Told) {
  if (!table) return null;
  const columns = shown.filter((id) => table.columns.includes(id));
  if (columns.length === 0) return null;
  const cells = (values: ReportTable['total']['values']) =>
    columns.map((id) => words.value(id, values[table.columns.indexOf(id)] ?? null));
  return {
    columns,
    rows: table.rows.slice(0, MOST_ROWS).map(({ key, label, values }) => ({
      label: table.by === 'day' && key ? words.shortDay(key) : label,
      cells: cells(values),
    })),
    more: Math.max(0, table.rows.length - MOST_ROWS),
    total: cells(table.total.values),
  };
}

function asText(told: Told): string {
  const { say, name, city, period, narrowed, whole, words, late, shown, link, settings, owner } = told;
  const parts = rowsOf(told);
  return [
    `${name}\n${city.contactName} · ${period}${narrowed ? `\n${narrowed}` : ''}`,
    ...(late ? [say.late(late)] : []),
    numbersOf(told)
      .map(({ title, value, before, change }) => {
        const then = before === null ? '' : ` (${say.before} ${before}${change ? `, ${change.text}` : ''})`;
        return `${title}: ${value}${then}`;
      })
      .join('\n'),
    ...(whole.before ? [say.compared(words.period(whole.before.period))] : []),
    ...(parts
      ? [
          parts.rows
            .map(
              ({ label, cells }) =>
                `${label}: ${cells.map((cell, i) => `${words.title(parts.columns[i] as FigureId)} ${cell}`).join(', ')}`,
            )
            .join('\n') + (parts.more > 0 ? `\n${say.more(parts.more)}` : ''),
        ]
      : []),
    protectedLine(told),
    shown.map((id) => `${words.title(id)}: ${words.rule(id)}`).join('\n'),
    `${say.open} ${link}`,
    say.why(owner, settings),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function protectedLine({ whole: { protectedAtLeast: left }, say }: Told): string {
  return left === null ? '' : left === 0 ? say.protectedFew : say.protected(left);
}

const GREY = '#55606e';
const tones = { better: '#15703c', worse: '#b42318', neutral: GREY };

/** Tables and styles on each element: mail programs know hardly anything else. */
function asHtml(told: Told): string {
  const { say, name, city, locale, period, narrowed, whole, words, late, shown, link, settings, owner } = told;
  const accent = city.accent;
  const ink = textOn(accent);
  const numbers = numbersOf(told)
    .map(({ title, value, before, change }) => {
      const move = change ? ` <span style="color:${tones[change.change.tone]}">${escaped(change.text)}</span>` : '';
      return `<tr><th scope="row" align="left" style="${cell};font-weight:400">${escaped(title)}</th>
        <td align="right" style="${cell};font-size:18px;font-weight:700;white-space:nowrap">${escaped(value)}</td>
        <td align="right" style="${cell};color:${GREY};white-space:nowrap">${before === null ? '' : `${say.before} ${escaped(before)}${move}`}</td></tr>`;
    })
    .join('');
  const parts = rowsOf(told);
  const partTable = parts
    ? `<h2 style="${heading}">${escaped(say.by(groupWords[told.parted.by][locale]))}</h2>
      <table role="table" cellpadding="0" cellspacing="0" width="100%" style="border-collapse:collapse;font-size:14px">
      <tr><th scope="col" align="left" style="${cell}">${escaped(groupWords[told.parted.by][locale])}</th>${parts.columns
        .map(
          (id) =>
            `<th scope="col" align="right" style="${cell};color:${GREY};font-weight:500">${escaped(words.title(id))}</th>`,
        )
        .join('')}</tr>
      ${parts.rows.map(({ label, cells }) => row(label, cells)).join('')}${row('Total', parts.total, 'font-weight:700')}</table>
      ${parts.more > 0 ? `<p style="${note}">${escaped(say.more(parts.more))}</p>` : ''}`
    : '';
  const definitions = shown
    .map((id) => `<p style="${note}"><b>${escaped(words.title(id))}.</b> ${escaped(words.rule(id))}</p>`)
    .join('');
  const compared = whole.before
    ? `<p style="${note}">${escaped(say.compared(words.period(whole.before.period)))}</p>`
    : '';
  const hidden = protectedLine(told);
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(name)}</title></head>
<body style="margin:0;background:#f2f4f7;color:#1c2430;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:20px 10px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:680px;background:#ffffff;border-radius:10px;overflow:hidden">
<tr><td style="background:${accent};color:${ink};padding:20px 24px"><div style="font-size:13px">${escaped(city.contactName)} · ${escaped(city.name)}</div>
<h1 style="margin:4px 0 0;font-size:22px;line-height:1.3">${escaped(name)}</h1><div style="margin-top:4px">${escaped(period)}${narrowed ? ` · ${escaped(narrowed)}` : ''}</div></td></tr>
<tr><td style="padding:20px 24px">
${late ? `<p style="margin:0 0 16px;padding:10px 14px;background:#fff4e0;border-radius:6px">${escaped(say.late(late))}</p>` : ''}
<table role="table" cellpadding="0" cellspacing="0" width="100%" style="border-collapse:collapse">${numbers}</table>${compared}
${partTable}
<p style="margin:20px 0"><a href="${escaped(link)}" style="display:inline-block;background:${accent};color:${ink};padding:10px 18px;border-radius:6px;text-decoration:none">${escaped(say.open)}</a></p>
${hidden ? `<p style="${note}">${escaped(hidden)}</p>` : ''}
<h2 style="${heading}">${escaped(say.counted)}</h2>${definitions}
<p style="${note};margin-top:24px;border-top:1px solid #e2e6eb;padding-top:12px">${escaped(say.why(owner, settings))}</p>
</td></tr></table></td></tr></table></body></html>`;
}

const cell = 'padding:8px 6px;border-bottom:1px solid #e2e6eb';
const heading = 'margin:28px 0 8px;font-size:16px';
const note = `margin:8px 0 0;font-size:13px;color:${GREY}`;

const row = (label: string, cells: readonly string[], style = ''): string =>
  `<tr style="${style}"><th scope="row" align="left" style="${cell};${style || 'font-weight:400'}">${escaped(label)}</th>${cells
    .map((text) => `<td align="right" style="${cell};white-space:nowrap">${escaped(text)}</td>`)
    .join('')}</tr>`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const says = {
  es: {
    before: 'antes',
    by: (group: string) => `Por ${group.toLowerCase()}`,
    compared: (period: string) => `«Antes» es ${period}.`,
    counted: 'Cómo se cuenta',
    late: ({ due, missed }: { due: DateTime; missed: number }) =>
      `Este reporte debía salir el ${due.setLocale('es-MX').toFormat("d 'de' LLLL 'a las' H:mm")} y sale tarde.${
        missed > 0
          ? ` ${missed === 1 ? 'No salió uno anterior' : `No salieron ${missed} anteriores`} porque el sistema estaba detenido; este es el último.`
          : ''
      }`,
    more: (count: number) => `Y ${count} más, en el archivo de Excel.`,
    open: 'Abrir en la consola',
    protected: (count: number) => `Además, ${count} o más contactos protegidos que aquí no se cuentan.`,
    protectedFew: 'Además, menos de 5 contactos protegidos que aquí no se cuentan.',
    why: (owner: string, settings: string) =>
      `Recibes este correo porque ${owner} programó este reporte. Para cambiarlo o detenerlo, respóndele o entra a ${settings}`,
  },
  en: {
    before: 'before',
    by: (group: string) => `By ${group.toLowerCase()}`,
    compared: (period: string) => `“Before” is ${period}.`,
    counted: 'How it is counted',
    late: ({ due, missed }: { due: DateTime; missed: number }) =>
      `This report was due on ${due.setLocale('en-US').toFormat("d LLLL 'at' H:mm")} and comes late.${
        missed > 0
          ? ` ${missed === 1 ? 'One before it was' : `${missed} before it were`} not sent because the system was down; this is the last one.`
          : ''
      }`,
    more: (count: number) => `And ${count} more, in the Excel file.`,
    open: 'Open in the console',
    protected: (count: number) => `Besides, ${count} or more protected contacts that are not counted here.`,
    protectedFew: 'Besides, fewer than 5 protected contacts that are not counted here.',
    why: (owner: string, settings: string) =>
      `You get this mail because ${owner} scheduled this report. To change or stop it, reply to them or go to ${settings}`,
  },
};
