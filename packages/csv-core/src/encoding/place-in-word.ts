/** What {@link placeInWord} tells apart. */
export const PLACES = 9;

/** Letters that stand for a vowel, without their marks. */
const VOWELS = 'aeiouyæœøəıаеёиоуыэюяіїєαεηιουω';
const vowels = new Map<string, boolean>();

/** Nothing, a vowel or a consonant. */
function kindOf(letter: string | undefined): 0 | 1 | 2 {
  if (letter === undefined) return 0;
  let isVowel = vowels.get(letter);
  if (isVowel === undefined) {
    isVowel = VOWELS.includes(letter.normalize('NFD').charAt(0));
    vowels.set(letter, isVowel);
  }
  return isVowel ? 1 : 2;
}

/**
 * Where in its word a letter stands, from 0 to 8: by whether nothing, a vowel or a consonant is before it, and behind
 * it.
 *
 * @param letters of the word, in lower case
 */
export function placeInWord(letters: readonly string[], index: number): number {
  return kindOf(letters[index - 1]) * 3 + kindOf(letters[index + 1]);
}

/** The letters of a word in Latin script; a long vowel beyond ASCII, which is written twice, stands in one place. */
export function singleLetters(letters: readonly string[]): readonly string[] {
  return letters.filter(
    (letter, index) => letter < '\u0080' || letter.toLowerCase() !== letters[index - 1]?.toLowerCase(),
  );
}
