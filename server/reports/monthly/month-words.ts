type Direction = 'up' | 'down' | 'same';

/** What the report of a month says, apart from its figures. */
export const monthWords = {
  es: {
    title: 'Informe del mes',
    subject: 'Atención a la ciudadanía',
    inShort: 'En pocas palabras',
    numbers: 'Los números del mes',
    volumeByDay: 'Contactos por día',
    serviceLevelByDay: 'Nivel de servicio por día',
    channels: 'Por dónde nos buscaron',
    topics: 'De qué nos hablaron',
    colonias: 'De qué colonias',
    markNote: 'La raya marca el mes anterior.',
    coloniasNote: 'De los contactos que abrieron un caso con lugar.',
    departments: 'Promesas cumplidas por dependencia',
    departmentsNote: 'Primero las que menos cumplieron. Entre paréntesis, cuántas promesas vencían.',
    worse: 'Lo que empeoró',
    nothingWorse: 'Nada empeoró de forma notable.',
    better: 'Lo que mejoró',
    definitions: 'Cómo se cuenta',
    nothing: 'No hubo nada que mostrar.',
    more: (count: string) => `y ${count} más`,
    page: (page: number, pages: number) => `Página ${page} de ${pages}`,
    made: (city: string, date: string) => `${city} · hecho el ${date}`,
    running: 'El mes no ha terminado: estas cifras todavía van a cambiar.',
    recent: 'Los resueltos al primer contacto de los últimos 7 días todavía pueden cambiar.',
    protected: (count: number) => `Además hubo ${count} o más contactos protegidos que aquí no se cuentan.`,
    protectedFew: 'Además hubo menos de 5 contactos protegidos que aquí no se cuentan.',
    sample: 'Ciudad de muestra: las cifras no son de nadie.',
    volume: (month: string, count: string, against: string[]) =>
      `En ${month} la ciudadanía se comunicó ${count} veces${against.length > 0 ? `: ${against.join(' y ')}` : ''}.`,
    serviceLevel: (level: string, wait: string) =>
      `De quienes pidieron hablar con una persona, ${level} recibió respuesta dentro del plazo prometido; la espera media fue de ${wait} minutos.`,
    promises: (kept: string, open: string) =>
      `Las dependencias cumplieron ${kept} de las promesas que vencían en el mes, y al cierre quedaban ${open} casos abiertos.`,
    against: (direction: Direction, size: string, month: string) =>
      direction === 'same'
        ? `lo mismo que en ${month}`
        : `${size} ${direction === 'up' ? 'más' : 'menos'} que en ${month}`,
    moved: (figure: string, was: string, now: string) => `${figure}: de ${was} a ${now}.`,
    department: (name: string, was: string, now: string) => `${name} cumplió menos promesas: de ${was} a ${now}.`,
    topic: (name: string, was: string, now: string) => `Más contactos sobre «${name}»: de ${was} a ${now}.`,
    noData: 'sin dato',
    legend: { now: 'Este mes', before: 'El mes anterior' },
    plot: (title: string, most: string, mostAt: string, least: string, leastAt: string) =>
      `Gráfica: ${title}. El máximo fue ${most} (${mostAt}) y el mínimo ${least} (${leastAt}).`,
    bars: (title: string, list: string) => `Gráfica de barras: ${title}. ${list}.`,
  },
  en: {
    title: 'Report of the month',
    subject: 'Service to citizens',
    inShort: 'In short',
    numbers: 'The numbers of the month',
    volumeByDay: 'Contacts by day',
    serviceLevelByDay: 'Service level by day',
    channels: 'How people reached us',
    topics: 'What they spoke of',
    colonias: 'From which colonias',
    markNote: 'The stroke marks the month before.',
    coloniasNote: 'Of the contacts that opened a case with a place.',
    departments: 'Promises kept by department',
    departmentsNote: 'Those that kept fewest first. In brackets, how many promises were due.',
    worse: 'What got worse',
    nothingWorse: 'Nothing got notably worse.',
    better: 'What got better',
    definitions: 'How it is counted',
    nothing: 'There was nothing to show.',
    more: (count: string) => `and ${count} more`,
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    made: (city: string, date: string) => `${city} · made on ${date}`,
    running: 'The month is not over: these figures will still change.',
    recent: 'First contact resolution of the last 7 days may still change.',
    protected: (count: number) => `Besides, there were ${count} or more protected contacts that are not counted here.`,
    protectedFew: 'Besides, there were fewer than 5 protected contacts that are not counted here.',
    sample: 'A sample city: the figures are nobody’s.',
    volume: (month: string, count: string, against: string[]) =>
      `In ${month} citizens got in touch ${count} times${against.length > 0 ? `: ${against.join(' and ')}` : ''}.`,
    serviceLevel: (level: string, wait: string) =>
      `Of those who asked for a person, ${level} were answered within the promised time; the mean wait was ${wait} minutes.`,
    promises: (kept: string, open: string) =>
      `Departments kept ${kept} of the promises due in the month, and ${open} cases were open at its end.`,
    against: (direction: Direction, size: string, month: string) =>
      direction === 'same'
        ? `the same as in ${month}`
        : `${size} ${direction === 'up' ? 'more' : 'less'} than in ${month}`,
    moved: (figure: string, was: string, now: string) => `${figure}: from ${was} to ${now}.`,
    department: (name: string, was: string, now: string) => `${name} kept fewer promises: from ${was} to ${now}.`,
    topic: (name: string, was: string, now: string) => `More contacts about “${name}”: from ${was} to ${now}.`,
    noData: 'no data',
    legend: { now: 'This month', before: 'The month before' },
    plot: (title: string, most: string, mostAt: string, least: string, leastAt: string) =>
      `Plot: ${title}. The most was ${most} (${mostAt}) and the least ${least} (${leastAt}).`,
    bars: (title: string, list: string) => `Bar plot: ${title}. ${list}.`,
  },
};

export type MonthWords = (typeof monthWords)['es'];
