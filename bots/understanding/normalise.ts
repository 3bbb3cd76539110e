const CLAUSE_END = /[.,;:!?¡¿()\n]+|\b(?:pero|sino|but)\b/;
const MARKS = /\p{M}/gu;

/** How people shorten words on a phone. */
const shortened = new Map(
  Object.entries({
    q: 'que',
    k: 'que',
    ke: 'que',
    x: 'por',
    xa: 'para',
    p: 'para',
    pa: 'para',
    pal: 'para el',
    xq: 'porque',
    pq: 'porque',
    porq: 'porque',
    xfa: 'por favor',
    xfavor: 'por favor',
    porfa: 'por favor',
    porfis: 'por favor',
    d: 'de',
    dl: 'del',
    dnd: 'donde',
    dnde: 'donde',
    komo: 'como',
    kmo: 'como',
    cmo: 'como',
    cm: 'como',
    kien: 'quien',
    qn: 'quien',
    kuando: 'cuando',
    cdo: 'cuando',
    kuanto: 'cuanto',
    qnto: 'cuanto',
    cto: 'cuanto',
    ta: 'esta',
    toy: 'estoy',
    tan: 'estan',
    stoy: 'estoy',
    sta: 'esta',
    stan: 'estan',
    tb: 'tambien',
    tmb: 'tambien',
    tbn: 'tambien',
    bn: 'bien',
    msj: 'mensaje',
    tel: 'telefono',
    cel: 'celular',
    nomas: 'nada mas',
    grax: 'gracias',
    thx: 'thanks',
    pls: 'please',
    plz: 'please',
    u: 'you',
    col: 'colonia',
    av: 'avenida',
    ave: 'avenida',
    blvd: 'boulevard',
    bulevar: 'boulevard',
  }).map(([short, long]) => [short, long.split(' ')]),
);

/** The words of a text in lower case, without accents or punctuation, one list a clause. */
export function clausesOf(text: string): string[][] {
  const plain = text.toLowerCase().normalize('NFD').replace(MARKS, '').replace(/['’]/g, '');
  return plain
    .split(CLAUSE_END)
    .map((clause) => (clause.match(/[a-z0-9]+/g) ?? []).flatMap((word) => shortened.get(word) ?? word))
    .filter((words) => words.length > 0);
}

/** The words of a text, its clauses run together. */
export function wordsOf(text: string): string[] {
  return clausesOf(text).flat();
}

/**
 * One spelling for all spellings that sound the same in Mexican Spanish: «vache», «ajensia», «aorita», «auxiliooo».
 * English words come out odd, but equal ones stay equal.
 */
export function fold(word: string): string {
  return word
    .replace(/(?<!c)h/g, '')
    .replace(/ll|y/g, 'i')
    .replace(/c(?=[ei])|z/g, 's')
    .replace(/qu|q|c(?!h)/g, 'k')
    .replace(/g(?=[ei])/g, 'j')
    .replace(/v/g, 'b')
    .replace(/(.)\1+/g, '$1');
}
