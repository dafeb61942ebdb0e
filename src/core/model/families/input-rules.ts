/**
 * How the server resizes an image for a model.
 * - `fixed`: fits the image into a square of `side` pixels; a token is a square of `patch · merge` pixels.
 * - `budget`: rounds both sides to multiples of `multiple` pixels; each such square is a token, from `minTokens` to
 *   `maxTokens` in total. With `rowBreaks` each row but the last takes one more token.
 * - `tiles`: sends the whole image and, if it is larger than a tile, also tiles of `tile` pixels.
 */
export type InputRule =
  | { readonly kind: 'fixed'; readonly side: number; readonly patch: number; readonly merge: number }
  | {
      readonly kind: 'budget';
      readonly multiple: number;
      readonly minTokens: number;
      readonly maxTokens: number;
      readonly rowBreaks?: true;
      /** Enough pixels for alt text and the text in the image; more only take time. */
      readonly aimPixels: number;
      readonly aimEdge?: number;
    }
  | {
      readonly kind: 'tiles';
      readonly tile: number;
      readonly maxTiles: number;
      readonly overviewTokens: number;
      readonly tokensPerTile: number;
      /** Pixels of the longer side. */
      readonly aimEdge: number;
    };

/** For an unknown model: a size that all current models accept. */
export const UNKNOWN_MODEL: InputRule = {
  kind: 'budget',
  multiple: 28,
  minTokens: 1,
  maxTokens: 4096,
  aimPixels: 1_000_000,
  aimEdge: 1536,
};

/** LLaVA 1.6 with its tile grid. Without the grid it uses a single square like 1.5. */
export const LLAVA_TILES: InputRule = {
  kind: 'tiles',
  tile: 336,
  maxTiles: 4,
  overviewTokens: 576,
  tokensPerTile: 576,
  aimEdge: 672,
};

/**
 * Rules by projector type, family or architecture, then by name; the first match applies. Numbers come from
 * https://github.com/ggml-org/llama.cpp/tree/master/tools/mtmd (clip.cpp, mtmd-image.cpp), from the flags set
 * in https://github.com/ollama/ollama/blob/main/llm/llama_server.go, and from the published configurations of
 * the models.
 */
export const INPUT_RULES: readonly { readonly model: RegExp; readonly rule: InputRule }[] = [
  {
    // Images are not part of the context; they take one token.
    model: /mllama|llama3\.2-vision/,
    rule: { kind: 'tiles', tile: 560, maxTiles: 4, overviewTokens: 1, tokensPerTile: 0, aimEdge: 1120 },
  },
  { model: /moondream|phi2/, rule: { kind: 'fixed', side: 378, patch: 14, merge: 1 } },
  {
    model: /granite/,
    rule: {
      kind: 'tiles',
      tile: 384,
      maxTiles: 4,
      overviewTokens: 729,
      tokensPerTile: 729,
      aimEdge: 768,
    },
  },
  {
    model: /gemma-?4/,
    rule: { kind: 'budget', multiple: 48, minTokens: 40, maxTokens: 280, aimPixels: 645_120 },
  },
  { model: /gemma-?3/, rule: { kind: 'fixed', side: 896, patch: 14, merge: 4 } },
  {
    model: /qwen3\.?[56]/,
    rule: { kind: 'budget', multiple: 32, minTokens: 8, maxTokens: 4096, aimPixels: 1_048_576 },
  },
  {
    // Slightly above the minimum, because the server would enlarge an image that was rounded down below it.
    model: /qwen3-?vl/,
    rule: { kind: 'budget', multiple: 32, minTokens: 1024, maxTokens: 4096, aimPixels: 1_179_648 },
  },
  {
    model: /qwen2(?:\.?5)?-?vl/,
    rule: { kind: 'budget', multiple: 28, minTokens: 1024, maxTokens: 4096, aimPixels: 1_003_520 },
  },
  {
    model: /mistral|ministral|pixtral/,
    rule: {
      kind: 'budget',
      multiple: 28,
      minTokens: 8,
      maxTokens: 1024,
      rowBreaks: true,
      aimPixels: 802_816,
    },
  },
  {
    model: /llama-?4/,
    rule: {
      kind: 'tiles',
      tile: 336,
      maxTiles: 9,
      overviewTokens: 144,
      tokensPerTile: 144,
      aimEdge: 1008,
    },
  },
  {
    // Four slices preserve small text that the overview loses, at 320 tokens.
    model: /minicpm|resampler/,
    rule: { kind: 'tiles', tile: 448, maxTiles: 9, overviewTokens: 64, tokensPerTile: 64, aimEdge: 896 },
  },
  {
    model: /deepseek-?ocr/,
    rule: {
      kind: 'tiles',
      tile: 640,
      maxTiles: 9,
      overviewTokens: 273,
      tokensPerTile: 110,
      aimEdge: 1280,
    },
  },
  {
    model: /glm-?(?:ocr|4v)/,
    rule: { kind: 'budget', multiple: 28, minTokens: 8, maxTokens: 4096, aimPixels: 1_605_632 },
  },
  {
    model: /lfm2/,
    rule: {
      kind: 'budget',
      multiple: 32,
      minTokens: 64,
      maxTokens: 256,
      aimPixels: 1_048_576,
      aimEdge: 1024,
    },
  },
  { model: /mlp|llava/, rule: { kind: 'fixed', side: 336, patch: 14, merge: 1 } },
];
