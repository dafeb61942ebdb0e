const english = new Intl.PluralRules('en');
const russian = new Intl.PluralRules('ru');

/** Returns a count with its noun: `1 note`, `2 notes`. */
export function pluralEn(count: number, one: string, other: string): string {
  return `${count} ${english.select(count) === 'one' ? one : other}`;
}

/** Returns a whole count with its noun: `1 заметка`, `2 заметки`, `5 заметок`. */
export function pluralRu(count: number, one: string, few: string, many: string): string {
  const rule = russian.select(count);
  return `${count} ${rule === 'one' ? one : rule === 'few' ? few : many}`;
}
