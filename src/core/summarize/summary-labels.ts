/** The fixed texts of a summary. */
export interface SummaryLabels {
  readonly heading: string;
  /** Precedes the number of an image in a link. */
  readonly image: string;
}

const ENGLISH: SummaryLabels = { heading: 'Summary', image: 'image' };
const BY_LANGUAGE: Readonly<Record<string, SummaryLabels>> = {
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

/** @param language ISO 639-1 code; English for other languages */
export function summaryLabels(language: string): SummaryLabels {
  return BY_LANGUAGE[language] ?? ENGLISH;
}
