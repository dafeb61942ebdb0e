/** How an answer came about, apart from the model and its prompts. */
export interface AnswerWay {
  /** Whether the prompt contained the text that OCR read. */
  readonly textHint: boolean;
  /** Whether the image was also analyzed in tiles. */
  readonly parts: boolean;
  /** The model that cross-checked the answer; null for none. */
  readonly second: string | null;
}

/**
 * The version of the model, and the user's prompt for images if there is one.
 * @param promptPrint identifies the prompt; '' for the standard one
 */
export function promptedVersion(version: number | string, promptPrint: string): number | string {
  return promptPrint === '' ? version : `${version}~prompt ${promptPrint}`;
}

/**
 * The version under which an answer is stored, so that answers made in another way are not mistaken for it. Without
 * any extras, it is the version of the model.
 */
export function answerVersion(version: number | string, way: AnswerWay): number | string {
  const marks = [
    ...(way.textHint ? ['text'] : []),
    ...(way.parts ? ['parts'] : []),
    ...(way.second === null ? [] : [`with ${way.second}`]),
  ];
  return marks.length === 0 ? version : [version, ...marks].join('~');
}

/** Whether this is the version of an answer for which the image was also analyzed in tiles. */
export function includesTiles(version: number | string): boolean {
  return typeof version === 'string' && version.split('~').includes('parts');
}
