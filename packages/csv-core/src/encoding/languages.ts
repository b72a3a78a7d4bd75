/** Languages and how rare files in them are, in bits. Estimates: what counts is the order of magnitude. */
export type Languages = Readonly<Record<string, number>>;

export const WESTERN: Languages = {
  fr: 1.5,
  de: 1.5,
  es: 2,
  pt: 2.5,
  sv: 2.5,
  nl: 3,
  it: 3,
  no: 3,
  da: 3,
  fi: 3,
  ca: 4,
  is: 4.5,
  gl: 5,
  ga: 5,
  cy: 6,
  af: 6,
  lb: 6,
  fo: 6,
  sq: 6,
};
export const CENTRAL: Languages = { pl: 3, cs: 3, hu: 3, sk: 3.5, hr: 3.5, sl: 3.5, ro: 4 };
export const BALTIC: Languages = { lt: 4, lv: 4, et: 4 };
export const TURKISH: Languages = { tr: 3.5, az: 6 };
export const VIETNAMESE: Languages = { vi: 4 };
export const CYRILLIC: Languages = { ru: 2, uk: 3, bg: 4, sr: 4, mk: 5, be: 5, kk: 6 };
export const GREEK: Languages = { el: 3 };
export const HEBREW: Languages = { he: 3, yi: 7 };
export const ARABIC: Languages = { ar: 3.5, fa: 4.5, ur: 6 };
export const THAI: Languages = { th: 3.5 };

export const ALL_LANGUAGES: Languages = {
  ...WESTERN,
  ...CENTRAL,
  ...BALTIC,
  ...TURKISH,
  ...VIETNAMESE,
  ...CYRILLIC,
  ...GREEK,
  ...HEBREW,
  ...ARABIC,
  ...THAI,
  eo: 8,
  mt: 6,
};
