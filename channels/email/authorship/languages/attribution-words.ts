/** How mail programs introduce what they quote: `On <date>, <who> wrote:`. One row a language; add rows freely. */
interface AttributionWords {
  language: string;
  /** Words that open the line. */
  leads: string[];
  /** Words for "wrote", as mail programs put them. */
  verbs: string[];
}

export const attributionWords: AttributionWords[] = [
  { language: 'es', leads: ['El', 'En', 'Con fecha', 'A las'], verbs: ['escribió', 'escribio', 'ha escrito', 'wrote'] },
  { language: 'en', leads: ['On', 'At', 'In a message dated'], verbs: ['wrote', 'writes', 'said', 'has written'] },
  { language: 'ca', leads: ['El', 'El dia'], verbs: ['va escriure', 'ha escrit'] },
  { language: 'gl', leads: ['O', 'Em'], verbs: ['escribiu'] },
  { language: 'eu', leads: [], verbs: ['idatzi du', 'igorleak hau idatzi zuen'] },
  { language: 'pt', leads: ['Em', 'No dia', 'A'], verbs: ['escreveu', 'escreveram'] },
  { language: 'fr', leads: ['Le'], verbs: ['a écrit', 'a ecrit', 'écrit'] },
  { language: 'it', leads: ['Il', 'Il giorno', 'In data', 'Lì'], verbs: ['ha scritto', 'scrisse', 'scrive'] },
  { language: 'ro', leads: ['În', 'Pe', 'La'], verbs: ['a scris'] },
  { language: 'de', leads: ['Am', 'Den'], verbs: ['schrieb', 'geschrieben', 'schreibt'] },
  { language: 'nl', leads: ['Op'], verbs: ['schreef', 'geschreven', 'het volgende geschreven'] },
  { language: 'sv', leads: ['Den', 'På'], verbs: ['skrev', 'skrev följande'] },
  { language: 'da', leads: ['Den', 'På'], verbs: ['skrev'] },
  { language: 'no', leads: ['Den', 'På'], verbs: ['skrev', 'skreiv'] },
  { language: 'fi', leads: [], verbs: ['kirjoitti'] },
  { language: 'et', leads: [], verbs: ['kirjutas'] },
  { language: 'lv', leads: [], verbs: ['rakstīja'] },
  { language: 'lt', leads: [], verbs: ['rašė'] },
  { language: 'pl', leads: ['W dniu', 'Dnia', 'Dn.'], verbs: ['napisał', 'napisała', 'napisał(a)', 'pisze'] },
  { language: 'cs', leads: ['Dne', 'Dňa'], verbs: ['napsal', 'napsala', 'napsal(a)', 'napísal', 'napísal(a)'] },
  { language: 'hu', leads: [], verbs: ['írta', 'ezt írta'] },
  { language: 'hr', leads: ['Dana', 'Na dan'], verbs: ['napisao je', 'je napisao', 'napisao', 'je napisal'] },
  { language: 'el', leads: ['Στις'], verbs: ['έγραψε'] },
  { language: 'ru', leads: [], verbs: ['написал', 'написала', 'написал(а)', 'пишет', 'писал'] },
  { language: 'uk', leads: [], verbs: ['пише', 'написав', 'написав(ла)'] },
  { language: 'bg', leads: ['На'], verbs: ['написа'] },
  { language: 'tr', leads: [], verbs: ['yazdı', 'şunu yazdı', 'şunları yazdı'] },
  { language: 'he', leads: ['בתאריך', 'ב-'], verbs: ['כתב', 'כתבה', 'כתב/ה'] },
  { language: 'ar', leads: ['في', 'بتاريخ'], verbs: ['كتب', 'كتبت'] },
  { language: 'fa', leads: ['در'], verbs: ['نوشت'] },
  { language: 'vi', leads: ['Vào', 'Ngày'], verbs: ['đã viết'] },
  { language: 'id', leads: ['Pada', 'Pada tanggal'], verbs: ['menulis'] },
  { language: 'th', leads: ['เมื่อ', 'ใน'], verbs: ['เขียนว่า', 'เขียน'] },
  { language: 'ja', leads: [], verbs: ['書きました', 'のメール', 'のメッセージ', '書いた', 'からのメール'] },
  { language: 'zh', leads: ['在', '于'], verbs: ['写道', '寫道', '写到', '來信', '的来信'] },
  { language: 'ko', leads: [], verbs: ['작성', '님이 작성', '썼습니다', '님이 쓴 글'] },
];

/** Lines that name whom they quote with no date: `Quoting Ana <ana@example.com>:`. */
export const quotingWords = ['Quoting', 'Citando', 'Citando a', 'Zitat von', 'Citation de', 'Quoth', 'Citat'];

/** A person tells a story with these: «El 3 a las 10:21 el director me escribió:». A mail program never does. */
export const toldByAPerson =
  /(?<!\p{L})(?:me|te|le|les|nos|os|lo|la|que|quien|ya|yo|él|ella|usted|ustedes|who|which|I|you|he|she|they|we|m'a|nous a|mi|ci|lui|mir|uns|er|sie|ich)\s+(?:escribió|escribio|ha escrito|wrote|said|has written|ha scritto|a écrit|schrieb|schreibt)/iu;
