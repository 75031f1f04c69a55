const TRUE = new Set(
  'true yes y 1 1.0 t x on ja j wahr oui o vrai si sí sì verdadero vero sim verdadeiro tak prawda да истина ✓ ✔ checked'.split(
    ' ',
  ),
);
const FALSE = new Set(
  'false no n 0 0.0 f - off nein falsch non faux falso não nao nie fałsz нет ложь ✗ ✘ unchecked'.split(
    ' ',
  ),
);

/** Reads a truth as spreadsheets and exporters write it in their languages; undefined for others. */
export function booleanOf(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : undefined;
}
