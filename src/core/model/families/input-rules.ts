/**
 * What the server makes of an image before a model sees it.
 * - `fixed`: it is fitted into a square of `side` pixels; a token is a square of `patch · merge` pixels.
 * - `budget`: both sides become multiples of `multiple` pixels, each such square is a token, and there are between
 *   `minTokens` and `maxTokens` of them. With `rowBreaks` each row but the last costs one token more.
 * - `tiles`: it is seen once as a whole and, where it is larger than a tile, in tiles of `tile` pixels too.
 */
export type InputRule =
  | { readonly kind: 'fixed'; readonly side: number; readonly patch: number; readonly merge: number }
  | {
      readonly kind: 'budget';
      readonly multiple: number;
      readonly minTokens: number;
      readonly maxTokens: number;
      readonly rowBreaks?: true;
      /** What a caption with the text in the image needs: more only takes time. */
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

/** For a model that nobody measured: what every model of today takes. */
export const UNKNOWN_MODEL: InputRule = {
  kind: 'budget',
  multiple: 28,
  minTokens: 1,
  maxTokens: 4096,
  aimPixels: 1_000_000,
  aimEdge: 1536,
};

/** LLaVA 1.6 with its grid of tiles; without it, it sees one square as 1.5 does. */
export const LLAVA_TILES: InputRule = {
  kind: 'tiles',
  tile: 336,
  maxTiles: 4,
  overviewTokens: 576,
  tokensPerTile: 576,
  aimEdge: 672,
};

/**
 * By projector type, family or architecture, else by name; the first that fits is taken. Numbers come from
 * https://github.com/ggml-org/llama.cpp/tree/master/tools/mtmd (clip.cpp, mtmd-image.cpp), from the flags that
 * https://github.com/ollama/ollama/blob/main/llm/llama_server.go sets, and from the models' published
 * configurations.
 */
export const INPUT_RULES: readonly { readonly model: RegExp; readonly rule: InputRule }[] = [
  {
    // Its images don't stand in the context: they cost one token.
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
    // The aim is a little over the least, or what is rounded down would be enlarged by the server.
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
    // Four slices read small text that the overview alone loses, at 320 tokens.
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
