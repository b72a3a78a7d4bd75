import { readCorpus } from './corpora.js';
import { encode } from './encode.js';
import { isUnseen } from './held-out.js';
import { MIXTURES, type Mixture, type WrittenLanguage, writtenLanguage } from './written-languages.js';

/** The texts for files of a language in one encoding. Their words beyond ASCII are held out from training. */
export interface WordPool {
  readonly language: WrittenLanguage;
  readonly firstNames: Choice;
  readonly lastNames: Choice;
  readonly places: Choice;
  readonly words: Choice;
}

export interface Choice {
  readonly all: readonly string[];
  /** The texts that are not all ASCII. */
  readonly foreign: readonly string[];
}

/** A list with fewer texts is replaced by words, because it is not typical of its language. */
const LEAST_TEXTS = 6;

const pools = new Map<string, WordPool>();

/** The pools of a language, or of all languages of a mixture. */
export function wordPools(code: string, encoding: string): readonly WordPool[] {
  const mixture: Mixture | undefined = MIXTURES.find((one) => one.code === code);
  return (mixture?.languages ?? [code]).map((language) => wordPool(writtenLanguage(language), encoding));
}

function wordPool(language: WrittenLanguage, encoding: string): WordPool {
  const key = `${language.code}/${encoding}`;
  const known = pools.get(key);
  if (known !== undefined) return known;
  const pool = makePool(language, encoding);
  pools.set(key, pool);
  return pool;
}

function makePool(language: WrittenLanguage, encoding: string): WordPool {
  const corpus = readCorpus(language);
  const isFit = (text: string) => isUnseen(text) && encode(text, encoding) !== null;
  const words = choiceOf(corpus.words.filter(isFit));
  const choose = (texts: readonly string[]): Choice => {
    const { all, foreign } = choiceOf(texts.filter(isFit));
    return {
      all: all.length < LEAST_TEXTS ? words.all : all,
      foreign: foreign.length < LEAST_TEXTS ? words.foreign : foreign,
    };
  };
  return {
    language,
    words,
    firstNames: choose(corpus.firstNames),
    lastNames: choose(corpus.lastNames),
    places: choose(corpus.places),
  };
}

function choiceOf(all: readonly string[]): Choice {
  return { all, foreign: all.filter((text) => /[^\p{ASCII}]/u.test(text)) };
}
