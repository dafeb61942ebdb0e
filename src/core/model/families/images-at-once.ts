import type { ModelKind } from './input-size.ts';

/** Models that were trained on one image at a time mix up several. Source: their published training. */
const ONE_IMAGE = /mllama|llama-?3\.2-(?:\d+b-)?vision|llava|moondream/;
const IMAGES_AT_ONCE = 4;

/** How many images one message may have before the answer suffers. */
export function imagesAtOnce({ family, name }: Pick<ModelKind, 'family' | 'name'>): number {
  return ONE_IMAGE.test(`${family} ${name}`.toLowerCase()) ? 1 : IMAGES_AT_ONCE;
}
