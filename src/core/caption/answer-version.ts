/** How an answer came about, besides by the model and its prompts. */
export interface AnswerWay {
  /** Whether the text that OCR read went along. */
  readonly textHint: boolean;
  /** Whether the image was also looked at in parts. */
  readonly parts: boolean;
  /** The model that was asked for a second opinion; null for none. */
  readonly second: string | null;
}

/**
 * The version under which an answer is kept, so that what was described in another way is told from it. The plain way
 * is the model's own version.
 */
export function answerVersion(version: number | string, way: AnswerWay): number | string {
  const marks = [
    ...(way.textHint ? ['text'] : []),
    ...(way.parts ? ['parts'] : []),
    ...(way.second === null ? [] : [`with ${way.second}`]),
  ];
  return marks.length === 0 ? version : [version, ...marks].join('~');
}

/** Whether it is the version of an answer for which the image was also looked at in parts. */
export function isOfParts(version: number | string): boolean {
  return typeof version === 'string' && version.split('~').includes('parts');
}
