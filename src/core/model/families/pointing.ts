import type { PixelSize } from '../../ports.ts';
import { inputRule, type ModelKind } from './input-size.ts';

/** How a model reports positions of objects in an image. */
export interface Pointing {
  /** The key of a box in the JSON of the model. */
  readonly key: 'bbox_2d' | 'box_2d';
  /** Whether a box is `[y1, x1, y2, x2]` instead of `[x1, y1, x2, y2]`. */
  readonly yFirst: boolean;
  /**
   * Unit of coordinates: pixels of the image after resizing by the server, or thousandths of its width and
   * height.
   */
  readonly unit: 'pixels' | 'thousandths';
  /**
   * Returns a size that the server does not change, in pixels, from the upright size of an image. Otherwise
   * pixel coordinates would not match the image sent.
   */
  readonly inputSize: (source: PixelSize) => PixelSize;
}

type Format = Omit<Pointing, 'inputSize'>;

const QWEN_PIXELS: Format = { key: 'bbox_2d', yFirst: false, unit: 'pixels' };
const QWEN_THOUSANDTHS: Format = { key: 'bbox_2d', yFirst: false, unit: 'thousandths' };

/**
 * Formats by name, projector, family or architecture; the first match applies. In files for llama.cpp, the
 * architecture of Qwen2.5-VL is also `qwen2vl`, so only name and projector identify its version. Sources:
 * https://github.com/QwenLM/Qwen3-VL/issues/866 (2 and 2.5), https://github.com/QwenLM/Qwen3-VL/issues/1659
 * (3). Gemma 4 uses the format of Gemini:
 * https://docs.cloud.google.com/vertex-ai/generative-ai/docs/bounding-box-detection. Google does not document
 * pointing for Gemma 3: https://huggingface.co/google/gemma-3-4b-it/discussions/38
 */
const FORMATS: readonly { readonly model: RegExp; readonly format: Format }[] = [
  { model: /qwen2\.?5-?vl/, format: QWEN_PIXELS },
  { model: /qwen3(?:\.?[56]|-?vl)/, format: QWEN_THOUSANDTHS },
  { model: /qwen2-?vl/, format: QWEN_THOUSANDTHS },
  { model: /gemma-?4/, format: { key: 'box_2d', yFirst: true, unit: 'thousandths' } },
];

/** Largest aspect ratio that is kept. Narrower strips are squeezed, because models report poor boxes in them. */
const MAX_RATIO = 16;
/**
 * Tokens. Below this number boxes are inaccurate (https://github.com/ggml-org/llama.cpp/issues/16842), so
 * small images are enlarged.
 */
const ENOUGH_TOKENS = 1024;
/** Acceptable share of the target number of tokens, to get closer to the aspect ratio. */
const ROOM = 0.8;

/** @returns null for a model that was not trained to report positions */
export function pointing(kind: ModelKind): Pointing | null {
  const words = [
    kind.name.slice(kind.name.lastIndexOf('/') + 1),
    kind.projector['clip.projector_type'],
    kind.family,
    kind.fields['general.architecture'],
  ]
    .join(' ')
    .toLowerCase();
  const format = FORMATS.find(({ model }) => model.test(words))?.format;
  const rule = inputRule(kind);
  if (format === undefined || rule.kind !== 'budget') return null;
  const { multiple, minTokens, maxTokens, aimPixels } = rule;
  const most = Math.min(maxTokens, Math.floor(aimPixels / multiple ** 2));
  const least = Math.max(minTokens, Math.ceil(ROOM * Math.min(ENOUGH_TOKENS, most)));
  return {
    ...format,
    inputSize({ width, height }) {
      const ratio = Math.min(MAX_RATIO, Math.max(width / height, height / width));
      const tokens = Math.min(most, Math.max(least, (width * height) / multiple ** 2));
      const short = Math.max(1, Math.round(Math.sqrt(tokens / ratio)));
      const long = Math.min(
        Math.floor(most / short),
        Math.max(Math.ceil(least / short), Math.round(short * ratio)),
      );
      const [columns, rows] = width >= height ? [long, short] : [short, long];
      return { width: columns * multiple, height: rows * multiple };
    },
  };
}
