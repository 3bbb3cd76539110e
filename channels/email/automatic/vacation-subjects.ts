/**
 * Subjects that only a machine writes, at the very start: a person who asks about holidays does not begin like that,
 * and an answer to such a notice begins with `Re:`.
 */
const announced = [
  ...[
    'respuesta automática',
    'respuesta automatica',
    'contestación automática',
    'respuesta de ausencia',
    'auto-respuesta',
    'autorespuesta',
  ],
  ...[
    'automatic reply',
    'automated reply',
    'automatic response',
    'automated response',
    'auto response',
    'auto-response',
    'autoresponse',
  ],
  ...[
    'auto reply',
    'auto-reply',
    'autoreply',
    'autosvar',
    'out of office autoreply',
    'vacation reply',
    'vacation response',
    'away from mail',
  ],
  ...[
    'réponse automatique',
    'reponse automatique',
    "message d'absence",
    'absence du bureau',
    'automatische antwort',
    'automatische antwoord',
  ],
  ...[
    'abwesenheitsnotiz',
    'abwesenheitsmeldung',
    'abwesenheitsassistent',
    'automatisch antwoord',
    'automatisch afwezigheidsbericht',
    'afwezigheidsbericht',
  ],
  ...[
    'resposta automática',
    'resposta automatica',
    'risposta automatica',
    'risposta automatizzata',
    'autorisposta',
    'resposta automàtica',
  ],
  ...[
    'automatiskt svar',
    'automatisk svar',
    'automaattinen vastaus',
    'automatyczna odpowiedź',
    'odpowiedź automatyczna',
    'automatická odpověď',
  ],
  ...[
    'automatická odpoveď',
    'automatikus válasz',
    'automatski odgovor',
    'samodejni odgovor',
    'răspuns automat',
    'otomatik yanıt',
    'αυτόματη απάντηση',
  ],
  ...[
    'автоматический ответ',
    'автоответ',
    'автоматична відповідь',
    'автоматичен отговор',
    'תשובה אוטומטית',
    'رد تلقائي',
    'trả lời tự động',
    'balasan otomatis',
  ],
  ...['自动回复', '自動回覆', '自動返信', '自動応答', '자동 회신', '자동 응답', 'ตอบกลับอัตโนมัติ'],
];
/** These a person may begin with as well: only a subject that says no more, or goes on as notices do, is one. */
const ambiguous = [
  ...[
    'fuera de la oficina',
    'fuera de oficina',
    'ausente de la oficina',
    'ausencia de la oficina',
    'ausencia temporal',
    'estoy de vacaciones',
  ],
  ...[
    'out of office',
    'out of the office',
    'ooo',
    'away from the office',
    'on vacation',
    'on leave',
    'hors du bureau',
    'fora do escritório',
    'ausência do escritório',
  ],
  ...[
    'fuori sede',
    'fuori ufficio',
    'assente',
    'afwezig',
    'abwesend',
    'abwesenheit',
    'ute fra kontoret',
    'ikke til stede',
    'frånvaro',
    'poissa',
    'poza biurem',
  ],
  ...['нет на месте', 'вне офиса', '不在通知', '外出中'],
];

const certain = new RegExp(`^\\W{0,3}(?:${announced.join('|')})(?![\\p{L}])`, 'iu');
const bare = new RegExp(
  `^\\W{0,3}(?:${ambiguous.join('|')})\\s*(?:$|[:：(\\[.–—-]|(?:hasta|del|desde|por vacaciones|until|till|from|through|re:|bis|vom|du|jusqu|fino|tot|até)(?!\\p{L}))`,
  'iu',
);

export function isVacationSubject(subject: string): boolean {
  return certain.test(subject) || bare.test(subject);
}
