import { clausesOf, fold } from './normalise.ts';
import { type WordSet, wordSet } from './word-set.ts';

const talk = wordSet(`
  hablar hable habla hablarle platicar platique charlar chatear conversar comunicar comunicarme comunicame comuniqueme
  comunica contactar contactarme contactame pasar pasame paseme pasarme transferir transfiereme transfiera conectar
  conectame atienda atiendan atender atendido atendida contestar conteste responder responda
  talk talking speak speaking chat chatting connect transfer reach`);
const help = wordSet('atienda atiendan atender conteste responda ayude ayuden ayudar help');
const want = wordSet(`
  quiero quisiera querer necesito ocupo deseo prefiero exijo dame deme ponme manda mandame puedo busco
  want need give get prefer like`);
const agent = wordSet(`
  operador operadora asesor asesora agente humano humana ejecutivo ejecutiva representante telefonista
  operator agent representative human advisor`);
const someone = wordSet(`
  persona personas alguien funcionario funcionaria licenciado licenciada encargado encargada
  person people someone somebody anyone anybody`);
/** Too weak to mean anything without a verb. */
const anyone = wordSet('alguien someone somebody anyone anybody people');
const real = wordSet('real reales humana humano viva vivo verdad verdadera carne hueso live actual');
const between = wordSet(`
  con a al un una el la los algun alguna otro otra de ser me mi que por favor porfavor porfa ya si ustedes y
  to with an the some another us please and yes real human live actual`);
const machine = wordSet('bot robot chatbot contestadora');
const refusal = wordSet('no sin odio not dont hate without');
const wish = wordSet('quiero necesito deseo me want need to');

/** Whether somebody asks to be answered by a person. */
export function asksForPerson(text: string): boolean {
  return clausesOf(text)
    .map((words) => words.map(fold))
    .some(
      (words) =>
        isOnlyAbout(words) ||
        follows(words, talk, (word) => agent(word) || someone(word)) ||
        follows(words, want, agent) ||
        (follows(words, want, someone) && words.some(real)) ||
        follows(words, someone, help) ||
        refusesMachine(words),
    );
}

/** «Operador», «una persona real por favor». */
function isOnlyAbout(words: string[]): boolean {
  const named = words.some((word) => agent(word) || (someone(word) && !anyone(word)));
  return (
    (named || (words.some(anyone) && words.some(real))) &&
    words.every((word) => agent(word) || someone(word) || real(word) || between(word))
  );
}

/** A word of the first set, nothing but joints, then one of the second, and no «no quiero» ahead of it. */
function follows(words: string[], first: WordSet, second: WordSet): boolean {
  return words.some((word, at) => {
    if (!first(word)) return false;
    const rest = words.slice(at + 1);
    const end = rest.findIndex((next) => !between(next) && !first(next));
    const reached = rest.some((next, i) => second(next) && (end === -1 || i <= end));
    return reached && !isRefused(words.slice(0, at));
  });
}

function isRefused(before: string[]): boolean {
  const last = before.findLastIndex((word) => !wish(word));
  return last !== -1 && refusal(before[last] ?? '');
}

/** «No quiero un robot». */
function refusesMachine(words: string[]): boolean {
  const at = words.findIndex(machine);
  return at !== -1 && words.slice(0, at).some(refusal);
}
