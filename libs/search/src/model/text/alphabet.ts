import { foldText } from '#libs/kernel';

/** The letters of a language in its order. */
export interface Alphabet {
  /** What a letter, or several that count as one, is compared as: one character for each place in the order. */
  readonly letters: ReadonlyMap<string, string>;
  /** The same as codes, by the code of a letter: 0 for what is no letter, may begin one of several, or is of another script. */
  readonly simple: Uint16Array;
  /** Of the letters that are written with several characters; 1 where there are none. */
  readonly longest: number;
  /** In which a small I has no dot. */
  readonly isDotless: boolean;
}

interface Tailoring {
  /**
   * What is other than in English: behind a letter (`a`) others of its place (`a=á`) and those of the next places (`a<ä`).
   * A letter that has another place already leaves it.
   */
  readonly letters: string;
  /** In their order, where it is another one. */
  readonly scripts?: readonly string[];
  /** Where a letter of several characters is written twice, only its first character is: `ssz` is `szsz`. */
  readonly isDoubledByFirst?: boolean;
}

/** Latin letters with accents that shops use most: from à to ž. */
const ACCENTED_END = 0x180;

/** Below are the space, and the lengths of numbers. */
const FIRST_LETTER = 0x40;

const LATIN = 'a b c d e ə f g h=ħ i j k l m n ŋ o p q r s t ŧ u v w x y z';
const GREEK = 'α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ=ς τ υ φ χ ψ ω';
const CYRILLIC =
  'а ә б в г=ґ ғ д ђ е є ж з ѕ и і й ј к қ л љ м н ң њ о ө п р с т ћ у ү ф х һ ц ч џ ш щ ъ ы ь э ю я';

const LATIN_FIRST = [LATIN, GREEK, CYRILLIC];
const CYRILLIC_FIRST = [CYRILLIC, LATIN, GREEK];
const CYRILLIC_SECOND = [LATIN, CYRILLIC, GREEK];

const NORDIC = 'y=ü=ű z<æ=ä<ø=ö=ő<å=aa';
const NORWEGIAN = 'y=ü=ű z<æ=ä=ę<ø=ö=ő=œ<å=aa';
const SERBOCROATIAN = 'c<č<ć d<dž<đ l<lj n<nj s<š z<ž';

/** Of the Unicode CLDR; for languages that are not here, and in English, what is like a letter but for its accents is that letter. */
const TAILORINGS: Readonly<Record<string, Tailoring>> = {
  az: { letters: 'c<ç e<ə g<ğ h<x<ı k<q o<ö s<ş u<ü z<w', scripts: CYRILLIC_SECOND },
  be: { letters: 'е<ё у<ў', scripts: CYRILLIC_FIRST },
  bg: { letters: '', scripts: CYRILLIC_FIRST },
  bs: { letters: SERBOCROATIAN, scripts: CYRILLIC_SECOND },
  cs: { letters: 'c<č h<ch r<ř s<š z<ž' },
  cy: { letters: 'c<ch d<dd f<ff g<ng l<ll p<ph r<rh t<th' },
  da: { letters: NORDIC },
  el: { letters: '', scripts: [GREEK, LATIN, CYRILLIC] },
  eo: { letters: 'c<ĉ g<ĝ h<ĥ j<ĵ s<ŝ u<ŭ' },
  es: { letters: 'n<ñ' },
  et: { letters: 's<š<z<ž w<õ<ä<ö<ü' },
  fi: { letters: 'y=ü z<å<ä=æ<ö=ø' },
  fo: { letters: NORWEGIAN },
  hr: { letters: SERBOCROATIAN, scripts: CYRILLIC_SECOND },
  hu: {
    letters: 'c<cs d<dz<dzs g<gy l<ly n<ny o<ö=ő s<sz t<ty u<ü=ű z<zs',
    isDoubledByFirst: true,
  },
  is: { letters: 'a<á d<ð ə<é i<í o<ó u<ú y<ý z<þ<æ=ä<ö=ø<å' },
  kk: { letters: 'е<ё ы<і', scripts: CYRILLIC_FIRST },
  lt: { letters: 'c<č i=y s<š z<ž' },
  lv: { letters: 'a<ā c<č e<ē g<ģ i<y<ī k<ķ l<ļ n<ņ o<ō r<ŗ s<š u<ū z<ž' },
  mk: { letters: 'ђ<ѓ ћ<ќ и=й', scripts: CYRILLIC_FIRST },
  mt: { letters: 'b<ċ f<ġ g<għ h<ħ y<ż' },
  nb: { letters: NORWEGIAN },
  nn: { letters: NORWEGIAN },
  no: { letters: NORWEGIAN },
  pl: { letters: 'a<ą c<ć e<ę l<ł n<ń o<ó s<ś z<ź<ż' },
  ro: { letters: 'a<ă<â i<î s<ș=ş t<ț=ţ' },
  ru: { letters: '', scripts: CYRILLIC_FIRST },
  sk: { letters: 'a<ä c<č h<ch o<ô r<ř s<š z<ž' },
  sl: { letters: 'c<č<ć d<đ s<š z<ž' },
  sq: { letters: 'c<ç d<dh ə<ë g<gj l<ll n<nj r<rr s<sh ŧ<th x<xh z<zh' },
  sr: { letters: 'и=й', scripts: CYRILLIC_FIRST },
  sv: { letters: 'y=ü=ű z<å<ä=æ=ę<ö=ø=ő=œ=ô' },
  tr: { letters: 'c<ç g<ğ h<ı o<ö s<ş u<ü' },
  uk: { letters: 'г<ґ і<ї', scripts: CYRILLIC_FIRST },
  vi: { letters: 'a<ă<â d<đ e<ê o<ô<ơ u<ư' },
};

/** Each with the letter that it is without its accent. */
const accented: readonly (readonly [letter: string, base: string])[] = Array.from(
  { length: ACCENTED_END - 0xe0 },
  (_, index) => String.fromCharCode(0xe0 + index),
)
  .filter((letter) => /^\p{Ll}$/u.test(letter))
  .map((letter) => [letter, foldText(letter)]);

/** Made when they are first asked for: each takes milliseconds, and a shop has few languages. */
const alphabets = new Map<string, Alphabet>();

/** That of the language of a locale (`de-AT`). */
export function alphabetOf(locale: string): Alphabet {
  const language = locale.split('-', 1)[0] ?? '';
  const code = Object.hasOwn(TAILORINGS, language) ? language : 'en';
  let found = alphabets.get(code);
  if (found === undefined) {
    found = alphabet(code, TAILORINGS[code] ?? { letters: '' });
    alphabets.set(code, found);
  }
  return found;
}

/** Languages whose order is other than that of English. */
export const tailoredLanguages: readonly string[] = Object.keys(TAILORINGS);

function alphabet(code: string, { letters, scripts, isDoubledByFirst }: Tailoring): Alphabet {
  const places = (scripts ?? LATIN_FIRST).flatMap((script) =>
    script.split(' ').map((place) => place.split('=')),
  );
  for (const rule of letters.split(' ')) if (rule !== '') tailor(places, rule);
  const found = new Map<string, string>();
  for (const [index, place] of places.entries()) {
    const key = String.fromCharCode(FIRST_LETTER + index);
    for (const letter of place) {
      found.set(letter, key);
      if (isDoubledByFirst && letter.length > 1) found.set(`${letter[0]}${letter}`, key + key);
    }
  }
  for (const [letter, base] of accented) {
    const key = found.get(base);
    if (key !== undefined && !found.has(letter)) found.set(letter, key);
  }
  const longest = Math.max(...[...found.keys()].map(({ length }) => length));
  return {
    letters: found,
    simple: simpleOf(found),
    longest,
    isDotless: code === 'tr' || code === 'az',
  };
}

function simpleOf(letters: ReadonlyMap<string, string>): Uint16Array {
  const codes = new Uint16Array(ACCENTED_END);
  const several = [...letters.keys()].filter(({ length }) => length > 1);
  for (const [letter, key] of letters) {
    if (letter.length > 1 || several.some((each) => each.startsWith(letter))) continue;
    const unit = letter.charCodeAt(0);
    if (unit < ACCENTED_END) codes[unit] = key.charCodeAt(0);
  }
  return codes;
}

function tailor(places: string[][], rule: string): void {
  const [anchor = [], ...next] = rule.split('<').map((place) => place.split('='));
  const [letter = ''] = anchor;
  let index = places.findIndex((place) => place.includes(letter));
  const take = (letters: readonly string[]): readonly string[] => {
    for (const place of places) {
      for (const each of letters) if (place.includes(each)) place.splice(place.indexOf(each), 1);
    }
    return letters;
  };
  places[index]?.push(...take(anchor.slice(1)));
  for (const place of next) places.splice((index += 1), 0, [...take(place)]);
}
