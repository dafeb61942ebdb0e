import { declaredSize } from '../../src/core/image/declared-size.ts';
import type { ChatCall } from './chat-call.ts';
import { isObject } from './is-object.ts';

/**
 * How a model family returns positions: Qwen2.5-VL in pixels of the image as resized by the server, Qwen2-VL and
 * Qwen3-VL in thousandths, Gemma 4 in thousandths with y first.
 */
export type PointingStyle = 'qwen2.5' | 'qwen3' | 'gemma4';

/** The objects that every fake returns for every image: corners in fractions of its sides. */
export const FOUND: readonly { readonly label: string; readonly corners: readonly number[] }[] = [
  { label: 'a square', corners: [0.25, 0.25, 0.75, 0.75] },
  { label: 'the corner', corners: [0, 0, 0.125, 0.25] },
];

/** Whether a request asks for boxes: its schema is a list. */
export const asksForBoxes = ({ format }: ChatCall): boolean => isObject(format) && format['type'] === 'array';

/** The answer of a model of this family, whatever format the request asks for. */
export function pointOut(style: PointingStyle, { images: [image] }: ChatCall): unknown {
  const size = image && declaredSize(image, image[0] === 0x89 ? 'png' : 'jpeg');
  if (!size) throw new Error('The image tells no size.');
  const { width, height } = size;
  const [right, bottom] = style === 'qwen2.5' ? resized(width, height) : [1000, 1000];
  return FOUND.map(({ label, corners }) => {
    const [x1, y1, x2, y2] = corners.map((part, at) => Math.round(part * (at % 2 === 0 ? right : bottom)));
    return style === 'gemma4' ? { box_2d: [y1, x1, y2, x2], label } : { bbox_2d: [x1, y1, x2, y2], label };
  });
}

/** How Ollama resizes an image for Qwen2.5-VL: multiples of 28 pixels, 1,024 to 4,096 such squares. */
function resized(width: number, height: number): [number, number] {
  const round = (side: number, by: number, how: (value: number) => number) =>
    28 * Math.max(1, how((side * by) / 28));
  const [wide, high] = [round(width, 1, Math.round), round(height, 1, Math.round)];
  const squares = (wide * high) / 784;
  const area = (width * height) / 784;
  if (squares > 4096) {
    const by = Math.sqrt(4096 / area);
    return [round(width, by, Math.floor), round(height, by, Math.floor)];
  }
  if (squares >= 1024) return [wide, high];
  const by = Math.sqrt(1024 / area);
  return [round(width, by, Math.ceil), round(height, by, Math.ceil)];
}
