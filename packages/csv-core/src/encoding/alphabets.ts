/** How often a language uses the letters that ASCII lacks. */
export interface Alphabet {
  /** In bits: how rare words of the language are in files. */
  readonly rarity: number;
  /** In bits, for each letter. A capital that is not listed costs some bits more than its small letter. */
  readonly letters: ReadonlyMap<string, number>;
  /** What a letter costs more that follows another one of them: some languages rarely have two in a row. */
  readonly inARow: number;
  /** What all words of the language that have such letters look like. */
  readonly pattern?: RegExp | undefined;
}

type Letters = readonly (readonly [characters: string, bits: number])[];

function alphabet(rarity: number, inARow: number, letters: Letters, pattern?: RegExp): Alphabet {
  const entries = letters.flatMap(([characters, bits]) =>
    Array.from(characters, (character) => [character, bits] as const),
  );
  return { rarity, inARow, letters: new Map(entries), pattern };
}

/**
 * The alphabets of Latin script. The letters of one word come from one of them, which tells encodings apart that have
 * the same letters in other places: `Dvoøák`, say, would be a word of no language. The bits are estimates, as all are
 * here: what counts is the order of magnitude.
 */
export const LATIN_ALPHABETS: readonly Alphabet[] = [
  // German
  alphabet(1.5, 6, [
    ['öüä', 2.5],
    ['ß', 3.5],
    ['é', 6],
  ]),
  // French
  alphabet(1.5, 4, [
    ['é', 1.5],
    ['èçê', 4],
    ['àëïîôûâù', 5.5],
    ['œ', 7],
    ['æÿü', 9],
  ]),
  // Spanish, Catalan, Irish
  alphabet(2, 6, [
    ['áíóñé', 2.7],
    ['ú', 4],
    ['ü', 6],
    ['àèòç', 7],
  ]),
  // Portuguese, where õ is only in õe
  alphabet(
    2.5,
    3,
    [
      ['ãçáéíó', 3],
      ['êôâõú', 4.5],
      ['àü', 7],
    ],
    /^(?:[^õ]|õe)*$/iu,
  ),
  // Italian, where they end words
  alphabet(
    3,
    6,
    [
      ['àèìòù', 2.5],
      ['é', 4],
    ],
    /^\p{ASCII}*.$/u,
  ),
  // Swedish, Norwegian, Danish, Finnish
  alphabet(2, 6, [
    ['äöåø', 2.5],
    ['æ', 3.5],
    ['é', 4.5],
    ['ü', 7],
  ]),
  // Icelandic, Faroese
  alphabet(4, 2, [
    ['áíóðö', 3],
    ['þúéýæø', 4],
  ]),
  // Dutch, Luxembourgish, Afrikaans
  alphabet(3, 6, [
    ['ëé', 2],
    ['ïöüèê', 4],
  ]),
  // Polish
  alphabet(3, 2, [
    ['łóąę', 2.8],
    ['śż', 3.5],
    ['ćń', 4],
    ['ź', 6],
  ]),
  // Czech, Slovak
  alphabet(3, 2, [
    ['áíéěš', 3],
    ['čřžý', 3.7],
    ['ůúň', 5],
    ['ľťďóôä', 7],
    ['ŕĺ', 9],
  ]),
  // Hungarian
  alphabet(3, 5, [
    ['áé', 2],
    ['öóí', 3.5],
    ['őüúű', 4.3],
  ]),
  // Croatian, Serbian, Slovene, Bosnian
  alphabet(3.5, 5, [
    ['ćčšž', 2.3],
    ['đ', 4.5],
  ]),
  // Romanian, with a comma or, as old encodings have it, with a cedilla
  alphabet(4, 4, [
    ['ăâî', 2.7],
    ['șțşţ', 3.7],
  ]),
  // Turkish, Azerbaijani
  alphabet(4, 4, [
    ['üıö', 2.8],
    ['şçğ', 3.5],
    ['İâîûə', 7],
  ]),
  // Estonian, Latvian, Lithuanian, and the macrons of Maori and Hawaiian
  alphabet(6, 4, [
    ['õäöüāēīšž', 3.5],
    ['ūčėėų', 4.5],
    ['ōļņķģįąę', 5.5],
  ]),
  // Vietnamese, of which the other letters are of three bytes in UTF-8
  alphabet(6, 2, [
    ['àáâãèéêìíòóôõùúýđơưă', 4.3],
    ['ĩũ', 6],
  ]),
  // Welsh, Maltese, Esperanto, pinyin, and languages of Africa
  alphabet(7, 6, [['âêîôûŵŷĉĝĥĵŝŭħġċżǎǐǒǔǚīāēūńňɛɔŋ', 5]]),
];

export const CYRILLIC_ALPHABET = alphabet(0, 0, [
  ['аеионрствлкдмпуя', 3.8],
  ['бгжзйхцчшщъыьэюфё', 6],
  ['іїє', 6.5],
  ['ґўјљњћђџ', 9],
  ['әғқңөұүһ', 10],
  // At the beginning of a word these are rare.
  ['ЪЫЬ', 14],
]);

export const GREEK_ALPHABET = alphabet(0, 0, [
  ['αοιετσνηυρ', 3.8],
  ['πκμλςόίάέή', 5],
  ['θδγφχβωύώξζψ', 6.5],
  ['ϊϋ', 9],
  ['ΐΰ', 15],
]);
