/** The words of a summary that no model writes. */
export interface SummaryWords {
  readonly heading: string;
  /** For a link to an image, before its number. */
  readonly image: string;
}

const ENGLISH: SummaryWords = { heading: 'Summary', image: 'image' };
const WORDS: Readonly<Record<string, SummaryWords>> = {
  de: { heading: 'Zusammenfassung', image: 'Bild' },
  es: { heading: 'Resumen', image: 'imagen' },
  fr: { heading: 'Résumé', image: 'image' },
  it: { heading: 'Riassunto', image: 'immagine' },
  nl: { heading: 'Samenvatting', image: 'afbeelding' },
  pl: { heading: 'Podsumowanie', image: 'obraz' },
  pt: { heading: 'Resumo', image: 'imagem' },
  ru: { heading: 'Конспект', image: 'изображение' },
  uk: { heading: 'Конспект', image: 'зображення' },
};

/** @param language ISO 639-1 code; English for those that there are no words in */
export function summaryWords(language: string): SummaryWords {
  return WORDS[language] ?? ENGLISH;
}
