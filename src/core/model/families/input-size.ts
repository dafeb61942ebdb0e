import type { PixelSize } from '../../ports.ts';
import { INPUT_RULES, type InputRule, LLAVA_TILES, UNKNOWN_MODEL } from './input-rules.ts';

/** Pixels of the shorter side. Smaller images crashed servers before 0.30. */
const MIN_SIDE = 32;

/** Properties that identify the kind of a model. If a server reports none, only the name is used. */
export interface ModelKind {
  readonly name: string;
  /** Ollama's name for the kind of model: `gemma3`, `qwen25vl`, `llama`; '' if unknown. */
  readonly family: string;
  /** Fields of the model file, and of the projector file if it is separate. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly projector: Readonly<Record<string, unknown>>;
}

/** Returns the rule by which the server resizes images for this model. */
export function inputRule({ name, family, fields, projector }: ModelKind): InputRule {
  const kind = [projector['clip.projector_type'], family, fields['general.architecture']]
    .join(' ')
    .toLowerCase();
  const baseName = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
  const row =
    INPUT_RULES.find(({ model }) => model.test(kind)) ??
    INPUT_RULES.find(({ model }) => model.test(baseName));
  const rule = row?.rule ?? UNKNOWN_MODEL;
  if (rule.kind !== 'fixed') return rule;
  if ('clip.vision.image_grid_pinpoints' in projector) return LLAVA_TILES;
  const side = projector['clip.vision.image_size'] ?? fields[`${family}.vision.image_size`];
  return typeof side === 'number' && side >= MIN_SIDE ? { ...rule, side } : rule;
}

/**
 * Returns the size to send an image in, in pixels, from its upright size. Enlarges only images with a shorter
 * side below 32 pixels. Keeps the aspect ratio to within the rounding step of the model, except for strips so
 * narrow that these two rules conflict.
 */
export function inputSize(rule: InputRule, source: PixelSize): PixelSize {
  const { maxEdge, maxPixels, multiple } = aim(rule);
  const long = Math.max(source.width, source.height);
  const short = Math.min(source.width, source.height);
  const scale = Math.min(1, maxEdge / long, Math.sqrt(maxPixels / (long * short)));
  // The server itself rounds the size of an image that fits; shrinking it first would only lose detail.
  const step = scale < 1 ? multiple : 1;
  const minSide = Math.ceil(MIN_SIDE / step) * step;
  const enlarge = scale === 1 && short < MIN_SIDE ? MIN_SIDE / short : 1;

  // Among the neighboring sizes, the one within the budget that is closest to the aspect ratio.
  let best = { short: minSide, long: minSide };
  let least = Infinity;
  for (const round of [Math.round, Math.floor]) {
    const fittedShort = Math.max(minSide, round((short * scale) / step) * step);
    const room = Math.floor(Math.min(maxEdge, maxPixels / fittedShort) / step) * step;
    for (const roundLong of [Math.round, Math.floor]) {
      const fittedLong = Math.min(room, Math.max(minSide, roundLong((long * scale * enlarge) / step) * step));
      const distortion = Math.abs(Math.log((fittedLong * short) / (fittedShort * long)));
      if (distortion >= least) continue;
      best = { short: fittedShort, long: fittedLong };
      least = distortion;
    }
  }
  return source.width >= source.height
    ? { width: best.long, height: best.short }
    : { width: best.short, height: best.long };
}

/** Returns the number of context tokens that an image of this size takes, in pixels, as the server counts them. */
export function imageTokens(rule: InputRule, { width, height }: PixelSize): number {
  switch (rule.kind) {
    case 'fixed':
      return Math.floor(rule.side / (rule.patch * rule.merge)) ** 2;
    case 'tiles': {
      const tiles = Math.ceil(width / rule.tile) * Math.ceil(height / rule.tile);
      return rule.overviewTokens + (tiles > 1 ? Math.min(tiles, rule.maxTiles) * rule.tokensPerTile : 0);
    }
    case 'budget': {
      const [columns, rows] = grid(rule, width, height);
      return columns * rows + (rule.rowBreaks ? rows - 1 : 0);
    }
  }
}

/**
 * Source: https://github.com/ggml-org/llama.cpp/blob/master/tools/mtmd/mtmd-image.cpp (calc_size_preserved_ratio)
 * @returns columns and rows of tokens
 */
function grid(
  { multiple, minTokens, maxTokens }: Extract<InputRule, { kind: 'budget' }>,
  width: number,
  height: number,
): [number, number] {
  const columns = Math.max(1, Math.round(width / multiple));
  const rows = Math.max(1, Math.round(height / multiple));
  const area = (width * height) / multiple ** 2;
  if (columns * rows > maxTokens) {
    const shrink = Math.sqrt(area / maxTokens);
    return [
      Math.max(1, Math.floor(width / shrink / multiple)),
      Math.max(1, Math.floor(height / shrink / multiple)),
    ];
  }
  if (columns * rows < minTokens) {
    const grow = Math.sqrt(minTokens / area);
    return [Math.ceil((width * grow) / multiple), Math.ceil((height * grow) / multiple)];
  }
  return [columns, rows];
}

function aim(rule: InputRule): {
  readonly maxEdge: number;
  readonly maxPixels: number;
  readonly multiple: number;
} {
  switch (rule.kind) {
    case 'fixed':
      return { maxEdge: rule.side, maxPixels: rule.side ** 2, multiple: 1 };
    case 'tiles':
      return { maxEdge: rule.aimEdge, maxPixels: rule.aimEdge ** 2, multiple: 1 };
    case 'budget':
      return {
        maxEdge: rule.aimEdge ?? rule.aimPixels / MIN_SIDE,
        maxPixels: rule.aimPixels,
        multiple: rule.multiple,
      };
  }
}
