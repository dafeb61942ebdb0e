import type { ModelKind } from './input-size.ts';

/** Models trained on one image at a time confuse several images. Source: their published training. */
const ONE_IMAGE = /mllama|llama-?3\.2-(?:\d+b-)?vision|llava|moondream/;
const IMAGES_AT_ONCE = 4;

/** Returns the maximum number of images in a message before the quality of the answer drops. */
export function imagesAtOnce({ family, name }: Pick<ModelKind, 'family' | 'name'>): number {
  return ONE_IMAGE.test(`${family} ${name}`.toLowerCase()) ? 1 : IMAGES_AT_ONCE;
}
