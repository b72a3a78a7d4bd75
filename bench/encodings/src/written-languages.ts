/** A language, the sources of its words, and the encodings in which it is written. */
export interface WrittenLanguage {
  /** The code of the language in csv-core. */
  readonly code: string;
  /** Locales of faker for names and places. */
  readonly people: readonly string[];
  /** Files of the Universal Declaration. */
  readonly declarations: readonly string[];
  /** Locale of CLDR and language of the stop words. */
  readonly cldr: string;
  /** WHATWG names, or names of code pages. UTF-8 is not listed, because every language is written in it. */
  readonly encodings: readonly string[];
  readonly script: WritingScript;
  /** Whether words have no blanks between them. */
  readonly isUnspaced: boolean;
}

/** Scripts of Unicode; Japanese and Korean have several. */
export type WritingScript = keyof typeof SCRIPTS;

/** The letters of each script. ASCII letters are Latin. */
const SCRIPTS = {
  Latin: /\p{Script=Latin}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Greek: /\p{Script=Greek}/u,
  Hebrew: /\p{Script=Hebrew}/u,
  Arabic: /\p{Script=Arabic}/u,
  Thai: /\p{Script=Thai}/u,
  Armenian: /\p{Script=Armenian}/u,
  Georgian: /\p{Script=Georgian}/u,
  Japanese: /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u,
  Chinese: /\p{Script=Han}/u,
  Korean: /\p{Script=Hangul}|\p{Script=Han}/u,
} as const;

const ANY_SCRIPT = /\p{Script=Common}|\p{Script=Inherited}/u;

/** Whether a text has only letters of one script. Some lists have Latin letters in place of Cyrillic ones. */
export function isOfScript(text: string, script: WritingScript): boolean {
  return Array.from(text).every((letter) => ANY_SCRIPT.test(letter) || SCRIPTS[script].test(letter));
}

const DOS = ['ibm850', 'ibm437'];
const WESTERN = ['windows-1252', 'iso-8859-15', 'macintosh', ...DOS];
/** For languages with common letters that the American code page (IBM437) does not have. */
const NORTHERN = ['windows-1252', 'iso-8859-15', 'macintosh', 'ibm850'];
const CENTRAL = ['windows-1250', 'iso-8859-2', 'ibm852'];
const CENTRAL_AND_MAC = [...CENTRAL, 'x-mac-ce'];
const BALTIC = ['windows-1257', 'iso-8859-13', 'ibm775', 'iso-8859-4', 'x-mac-ce'];
const RUSSIAN = ['windows-1251', 'koi8-r', 'ibm866', 'x-mac-cyrillic', 'iso-8859-5'];
const CYRILLIC = ['windows-1251', 'x-mac-cyrillic', 'iso-8859-5'];

type Rest = Partial<Omit<WrittenLanguage, 'code' | 'people' | 'declarations' | 'encodings'>>;

const language = (
  code: string,
  people: readonly string[],
  declarations: readonly string[],
  encodings: readonly string[],
  rest: Rest = {},
): WrittenLanguage => ({
  code,
  people,
  declarations,
  encodings,
  cldr: code,
  script: 'Latin',
  isUnspaced: false,
  ...rest,
});

/** All languages of csv-core, and the languages of East Asia. */
export const WRITTEN_LANGUAGES: readonly WrittenLanguage[] = [
  language('fr', ['fr', 'fr_CA'], ['fra'], WESTERN),
  language('de', ['de', 'de_AT', 'de_CH'], ['deu_1996'], WESTERN),
  language('es', ['es', 'es_MX'], ['spa'], WESTERN),
  language('pt', ['pt_PT', 'pt_BR'], ['por_PT', 'por_BR'], NORTHERN),
  language('it', ['it'], ['ita'], WESTERN),
  language('nl', ['nl', 'nl_BE'], ['nld'], WESTERN),
  language('sv', ['sv'], ['swe'], WESTERN),
  language('no', ['nb_NO'], ['nob'], NORTHERN),
  language('da', ['da'], ['dan'], NORTHERN),
  language('fi', ['fi'], ['fin'], WESTERN),
  language('ca', [], ['cat'], ['windows-1252', 'iso-8859-15', 'macintosh', 'ibm850']),
  language('is', [], ['isl'], ['windows-1252', 'iso-8859-15', 'ibm850']),
  language('gl', [], ['glg'], ['windows-1252', 'macintosh', 'ibm850']),
  language('ga', [], ['gle'], ['windows-1252', 'macintosh', 'ibm850']),
  language('cy', [], ['cym'], ['windows-1252']),
  language('af', ['af_ZA'], ['afr'], ['windows-1252', 'ibm850']),
  language('lb', [], ['ltz'], ['windows-1252', 'macintosh']),
  language('fo', [], ['fao'], ['windows-1252', 'ibm850']),
  language('sq', [], ['als'], ['windows-1252', 'macintosh']),
  language('pl', ['pl'], ['pol'], CENTRAL_AND_MAC),
  language('cs', ['cs_CZ'], ['ces'], CENTRAL_AND_MAC),
  language('sk', ['sk'], ['slk'], CENTRAL_AND_MAC),
  language('hu', ['hu'], ['hun'], CENTRAL_AND_MAC),
  language('ro', ['ro', 'ro_MD'], ['ron_2006'], CENTRAL),
  language('hr', ['hr', 'sr_RS_latin'], ['hrv'], CENTRAL),
  language('sl', ['sl_SI'], ['slv'], CENTRAL),
  language('lt', [], ['lit'], BALTIC),
  language('lv', ['lv'], ['lav'], BALTIC),
  language('et', [], ['est'], ['windows-1257', 'iso-8859-13', 'iso-8859-15', 'ibm775', 'iso-8859-4']),
  language('tr', ['tr'], ['tur'], ['windows-1254', 'ibm857']),
  language('az', ['az'], ['azj_latn'], []),
  language('vi', ['vi'], ['vie'], ['windows-1258']),
  language('mt', [], ['mlt'], []),
  language('eo', ['eo'], ['epo'], []),
  language('ru', ['ru'], ['rus'], RUSSIAN, { script: 'Cyrillic' }),
  language('uk', ['uk'], ['ukr'], ['windows-1251', 'koi8-u', 'x-mac-cyrillic'], { script: 'Cyrillic' }),
  language('bg', [], ['bul'], [...CYRILLIC, 'ibm866'], { script: 'Cyrillic' }),
  language('sr', [], ['srp_cyrl'], CYRILLIC, { script: 'Cyrillic' }),
  language('mk', ['mk'], ['mkd'], CYRILLIC, { script: 'Cyrillic' }),
  language('be', [], ['bel'], CYRILLIC, { script: 'Cyrillic' }),
  language('kk', [], ['kaz'], [], { script: 'Cyrillic' }),
  language('el', ['el'], ['ell_monotonic'], ['windows-1253', 'iso-8859-7', 'ibm737'], { script: 'Greek' }),
  language('he', ['he'], ['heb'], ['windows-1255', 'ibm862'], { script: 'Hebrew' }),
  language('yi', [], ['ydd'], [], { script: 'Hebrew' }),
  language('ar', ['ar'], ['arb'], ['windows-1256', 'iso-8859-6'], { script: 'Arabic' }),
  language('fa', ['fa'], ['pes_1'], ['windows-1256'], { script: 'Arabic' }),
  language('ur', ['ur'], ['urd'], ['windows-1256'], { script: 'Arabic' }),
  language('th', ['th'], ['tha'], ['windows-874'], { script: 'Thai', isUnspaced: true }),
  language('ja', ['ja'], ['jpn'], ['shift_jis', 'euc-jp'], { script: 'Japanese', isUnspaced: true }),
  language('zh', ['zh_CN'], ['cmn_hans'], ['gb18030'], { script: 'Chinese', isUnspaced: true }),
  language('tw', ['zh_TW'], ['cmn_hant'], ['big5'], { script: 'Chinese', isUnspaced: true, cldr: 'zh-Hant' }),
  language('ko', ['ko'], ['kor'], ['euc-kr'], { script: 'Korean', isUnspaced: true }),
];

/** A mixture of languages: a file with buyers of many countries. */
export interface Mixture {
  readonly code: string;
  readonly languages: readonly string[];
  readonly encodings: readonly string[];
}

export const MIXTURES: readonly Mixture[] = [
  {
    code: 'world',
    languages: ['fr', 'de', 'es', 'pt', 'it', 'nl', 'sv', 'no', 'da', 'fi', 'ca', 'is', 'ga'],
    encodings: WESTERN,
  },
  { code: 'central', languages: ['pl', 'cs', 'sk', 'hu', 'ro', 'hr', 'sl'], encodings: CENTRAL },
];

/** Languages that are used only for encodings that csv-core cannot read. */
export const UNREAD_LANGUAGES: readonly WrittenLanguage[] = [
  language('hy', ['hy'], ['hye'], [], { script: 'Armenian' }),
  language('ka', ['ka_GE'], ['kat'], [], { script: 'Georgian' }),
];

/** The language with a code. */
export function writtenLanguage(code: string): WrittenLanguage {
  const found = [...WRITTEN_LANGUAGES, ...UNREAD_LANGUAGES].find((language) => language.code === code);
  if (found === undefined) throw new RangeError(`There is no language with the code ${code}.`);
  return found;
}
