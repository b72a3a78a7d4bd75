import {
  ARABIC,
  BALTIC,
  CENTRAL,
  CYRILLIC,
  GREEK,
  HEBREW,
  type Languages,
  THAI,
  TURKISH,
  VIETNAMESE,
  WESTERN,
} from './languages.js';

/** An encoding of one byte per character that files may have. */
export interface CandidateEncoding {
  /** WHATWG name, or that of a code page. */
  readonly name: string;
  /** By how many bits it must explain a file better than the usual one, for files of it are rarer. */
  readonly handicap: number;
  /** What is written in it: a file is mostly in one of them. */
  readonly languages: Languages;
}

/** What is read when nothing better is known: most files that are not UTF-8 come from Western Windows. */
export const USUAL: CandidateEncoding = { name: 'windows-1252', handicap: 0, languages: WESTERN };

const candidate = (name: string, handicap: number, ...languages: Languages[]): CandidateEncoding => ({
  name,
  handicap,
  languages: Object.assign({}, ...languages),
});

/** DOS code pages are what Excel's "CSV (MS-DOS)" writes. */
export const CANDIDATE_ENCODINGS: readonly CandidateEncoding[] = [
  USUAL,
  candidate('iso-8859-15', 8, WESTERN, BALTIC),
  candidate('macintosh', 7, WESTERN),
  candidate('ibm850', 8, WESTERN),
  candidate('ibm437', 9, WESTERN),
  candidate('windows-1250', 2, CENTRAL),
  candidate('iso-8859-2', 4, CENTRAL),
  candidate('ibm852', 6, CENTRAL),
  candidate('x-mac-ce', 8, CENTRAL, BALTIC),
  candidate('windows-1257', 2, BALTIC),
  candidate('iso-8859-13', 6, BALTIC),
  candidate('ibm775', 7, BALTIC),
  candidate('iso-8859-4', 7, BALTIC),
  candidate('windows-1254', 3, TURKISH),
  candidate('ibm857', 8, TURKISH),
  candidate('windows-1258', 4, VIETNAMESE),
  candidate('windows-1251', 5, CYRILLIC),
  candidate('koi8-u', 7, CYRILLIC),
  candidate('ibm866', 7, CYRILLIC),
  candidate('x-mac-cyrillic', 9, CYRILLIC),
  candidate('iso-8859-5', 9, CYRILLIC),
  candidate('windows-1253', 5, GREEK),
  candidate('iso-8859-7', 6, GREEK),
  candidate('ibm737', 9, GREEK),
  candidate('windows-1255', 5, HEBREW),
  candidate('ibm862', 9, HEBREW),
  candidate('windows-1256', 5, ARABIC),
  candidate('iso-8859-6', 7, ARABIC),
  candidate('windows-874', 5, THAI),
];
