import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { stemmer as stemGerman } from '@orama/stemmers/german';
import { stopwords as englishStopWords } from '@orama/stopwords/english';
import { stopwords as germanStopWords } from '@orama/stopwords/german';
import { foldText } from '#libs/kernel';

/** What is known of a language beside its letters. */
export interface Language {
  /** `en` */
  readonly code: string;
  /** Of a folded word. */
  readonly stem: (word: string) => string;
  /** Folded. */
  readonly stopWords: ReadonlySet<string>;
}

const folded = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(foldText));

const languages: readonly Language[] = [
  { code: 'en', stem: stemEnglish, stopWords: folded(englishStopWords) },
  { code: 'de', stem: stemGerman, stopWords: folded(germanStopWords) },
];

/** The language of a locale (`de-AT`); undefined for one whose words are taken as they are. */
export function languageOf(locale: string): Language | undefined {
  const code = locale.split('-', 1)[0];
  return languages.find((language) => language.code === code);
}
