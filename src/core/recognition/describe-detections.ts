import type { Description } from '../model/image-description.ts';
import type { DetectedObject } from '../ports.ts';
import { shorten } from '../text/shorten.ts';
import { flowLines } from './flow-lines.ts';
import type { ImageCategory } from './image-category.ts';
import { countedObject, objectName } from './object-names.ts';

/** UTF-16 units: about as much as a screen reader reads in one breath. */
const ALT_LENGTH = 125;
const DESCRIPTION_LENGTH = 600;

interface Phrases {
  readonly sorts: Readonly<Record<ImageCategory, string>>;
  /** Introduces the text of an image that also shows objects. */
  readonly text: string;
  /** States that no model described the image. */
  readonly origin: string;
  /** States that a text-only model described the image. */
  readonly unseen: string;
  readonly objects: string;
  readonly ocr: string;
}

const ENGLISH: Phrases = {
  sorts: { slide: 'Slide', chart: 'Chart with the text', text: 'Text', photo: 'Photo' },
  text: 'text',
  origin: 'Recognized automatically, without a vision model.',
  unseen: 'Written by a text-only model from recognized text and objects.',
  objects: 'Detected objects',
  ocr: 'Text in the image (OCR)',
};

/** The phrases around the detections, in the language of the note; English for other languages. */
const PHRASES: ReadonlyMap<string, Phrases> = new Map([
  ['en', ENGLISH],
  [
    'ru',
    {
      sorts: {
        slide: 'Слайд',
        chart: 'График с текстом',
        text: 'Текст',
        photo: 'Фото',
      },
      text: 'текст',
      origin: 'Распознано автоматически, без модели с поддержкой изображений.',
      unseen: 'Составлено текстовой моделью по распознанным тексту и объектам.',
      objects: 'Обнаруженные объекты',
      ocr: 'Текст на изображении (OCR)',
    },
  ],
  [
    'de',
    {
      sorts: { slide: 'Folie', chart: 'Diagramm mit dem Text', text: 'Text', photo: 'Foto' },
      text: 'Text',
      origin: 'Automatisch erkannt, ohne Bildmodell.',
      unseen: 'Von einem Textmodell aus erkanntem Text und erkannten Objekten verfasst.',
      objects: 'Erkannte Objekte',
      ocr: 'Text im Bild (OCR)',
    },
  ],
]);

/**
 * A description made of recognized text and detected objects. It states how it came about.
 * @param text line by line
 * @param language ISO 639-1 code
 * @returns null if nothing was found
 */
export function describeDetections(
  sort: ImageCategory,
  text: readonly string[],
  objects: readonly DetectedObject[],
  language: string,
): Description | null {
  if (text.length === 0 && objects.length === 0) return null;
  const phrases = PHRASES.get(language) ?? ENGLISH;
  const flow = flowLines(text);
  const counts = countObjects(objects);
  const found = [...counts].map(([label, count]) => countedObject(label, count, language)).join(', ');
  const isPhoto = sort === 'photo';
  const shown = isPhoto && flow !== '' ? `${found}; ${phrases.text}: ${flow}` : isPhoto ? found : flow;
  const description = [
    phrases.origin,
    ...(found === '' ? [] : [`${phrases.objects}: ${found}.`]),
    ...(flow === '' ? [] : [`${phrases.ocr}: ${flow}`]),
  ];
  return {
    alt: shorten(`${phrases.sorts[sort]}: ${shown}`, ALT_LENGTH),
    description: shorten(description.join(' '), DESCRIPTION_LENGTH),
    text: text.join('\n'),
    tags: [...counts.keys()].map((label) => objectName(label, language)),
    decorative: false,
  };
}

/**
 * States that a text-only model described what the recognizers found.
 * @param language ISO 639-1 code
 */
export function textOnlyNote(language: string): string {
  return (PHRASES.get(language) ?? ENGLISH).unseen;
}

/**
 * The number of objects of each kind, people first. A face counts as a person, but not in addition to the detected
 * people.
 */
function countObjects(objects: readonly DetectedObject[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { label } of objects) counts.set(label, (counts.get(label) ?? 0) + 1);
  const faces = counts.get('face') ?? 0;
  const people = Math.max(counts.get('person') ?? 0, faces);
  counts.delete('face');
  counts.delete('person');
  return new Map([...(people > 0 ? ([['person', people]] as const) : []), ...counts]);
}
