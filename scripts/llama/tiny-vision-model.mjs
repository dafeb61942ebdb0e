// A vision model of 0.3 MB, whose weights are set by hand: it sees whether an image is red, green or blue, and says
// so: "A red picture." Asked with the sign ∞ it goes on for ever. Held to a schema, it fills each string with the
// sentence. It has LLaVA's form: a CLIP that looks, a projector, and a Llama that talks.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { GgufWriter } from './gguf-writer.mjs';

export const COLORS = ['red', 'green', 'blue'];
/** In a question: the answer has no end. */
export const ENDLESS = '∞';

const WIDTH = 64;
const CONTEXT = 32_768;

// The dimensions of what goes through the Llama. The first are one for each token that something may follow.
const FOLLOWED = [
  '<|assistant|>',
  '"',
  'A',
  '▁A',
  ...COLORS.map((color) => `▁${color}`),
  '▁picture',
  '.',
  '▁again',
];
const SIGNS = [':', '[', ']', ',', '{', '}'];
const STATES = [...FOLLOWED, ...SIGNS];
/** Any other token. */
const OTHER = STATES.length;
/** Where colors and the sign for an endless answer come in, and where the mean of all of them comes out. */
const IN = 32;
const OUT = 40;
const SOURCES = [...COLORS, ENDLESS];

/**
 * Which tokens follow which, the likeliest first as numbers near 1: what is likeliest may be forbidden by a grammar.
 * @type {Record<string, Record<string, number>>}
 */
const NEXT = {
  '<|assistant|>': { A: 1, '{': 0.9 },
  A: Object.fromEntries(COLORS.map((color) => [`▁${color}`, 1])),
  '▁A': Object.fromEntries(COLORS.map((color) => [`▁${color}`, 1])),
  ...Object.fromEntries(COLORS.map((color) => [`▁${color}`, { '▁picture': 1 }])),
  '▁picture': { '.': 1 },
  '.': { '</s>': 1, '"': 0.995, '▁again': 0.99 },
  '▁again': { '▁A': 1 },
  // It begins a string or ends one.
  '"': { A: 1, ']': 0.9, '}': 0.8, ':': 0.75, ',': 0.7 },
  ':': { '"': 1, '[': 0.9, f: 0.8 },
  '[': { '"': 1 },
  ']': { ',': 1, '}': 0.9 },
  ',': { '"': 1 },
  '{': { '"': 1 },
  '}': { '</s>': 1 },
  other: { '</s>': 0.5, '"': 0.3, '}': 0.25, ':': 0.2, ',': 0.15 },
};

/** What a token adds, so that what is added by attention decides only between tokens that are near each other. */
const STATE_SIZE = 100;
/** Attention takes the mean over the whole prompt: one sign in 2,000 tokens, a picture in 4,000 still count. */
const AMPLIFIED = { color: 10, endless: 300 };

const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const BYTE = 6;

const VOCABULARY = [
  ['<unk>', UNKNOWN],
  ['<s>', CONTROL],
  ['</s>', CONTROL],
  ...Array.from({ length: 256 }, (_, byte) => [
    `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    BYTE,
  ]),
  ['▁', NORMAL],
  ...Array.from({ length: 94 }, (_, at) => [String.fromCharCode(33 + at), NORMAL]),
  [ENDLESS, NORMAL],
  ...COLORS.map((color) => [`▁${color}`, NORMAL]),
  ['▁A', NORMAL],
  ['▁picture', NORMAL],
  ['▁again', NORMAL],
  ['<|user|>', CONTROL],
  ['<|assistant|>', CONTROL],
  ['<|end|>', CONTROL],
].map(([text, type]) => ({ text: String(text), type: Number(type) }));

const TEMPLATE =
  "{% for m in messages %}{% if m['role']=='user' %}<|user|>{% elif m['role']=='assistant' %}<|assistant|>{% endif %}" +
  "{{ m['content'] }}<|end|>{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}";

/**
 * @param {string} folder made where it is missing
 * @returns {{ model: string, projector: string }} the paths of both files
 */
export function writeTinyVisionModel(folder) {
  mkdirSync(folder, { recursive: true });
  const paths = {
    model: join(folder, 'tiny-vision.gguf'),
    projector: join(folder, 'tiny-vision-mmproj.gguf'),
  };
  writeLlama(paths.model);
  writeClip(paths.projector);
  return paths;
}

/** @param {string} path */
function writeLlama(path) {
  const hidden = 32;
  const file = new GgufWriter()
    .field('general.architecture', 'string', 'llama')
    .field('general.name', 'string', 'tiny-vision');
  const sizes = {
    context_length: CONTEXT,
    embedding_length: WIDTH,
    block_count: 1,
    feed_forward_length: hidden,
    'attention.head_count': 1,
    'attention.head_count_kv': 1,
    'rope.dimension_count': WIDTH,
    vocab_size: VOCABULARY.length,
  };
  for (const [key, size] of Object.entries(sizes)) file.field(`llama.${key}`, 'u32', size);
  file
    .field('llama.attention.layer_norm_rms_epsilon', 'f32', 1e-5)
    .field('tokenizer.ggml.model', 'string', 'llama')
    .field('tokenizer.ggml.pre', 'string', 'default')
    .list(
      'tokenizer.ggml.tokens',
      'string',
      VOCABULARY.map(({ text }) => text),
    )
    .list(
      'tokenizer.ggml.scores',
      'f32',
      VOCABULARY.map((_, id) => -id),
    )
    .list(
      'tokenizer.ggml.token_type',
      'i32',
      VOCABULARY.map(({ type }) => type),
    )
    .field('tokenizer.ggml.bos_token_id', 'u32', 1)
    .field('tokenizer.ggml.eos_token_id', 'u32', 2)
    .field('tokenizer.ggml.unknown_token_id', 'u32', 0)
    .field('tokenizer.ggml.add_bos_token', 'bool', true)
    .field('tokenizer.chat_template', 'string', TEMPLATE)
    .tensor('token_embd.weight', [WIDTH, VOCABULARY.length], embeddings())
    .tensor('output.weight', [WIDTH, VOCABULARY.length], outputs())
    .tensor('output_norm.weight', [WIDTH], ones(WIDTH))
    .tensor('blk.0.attn_norm.weight', [WIDTH], ones(WIDTH))
    // Without queries and keys, every position looks at all before it alike.
    .tensor('blk.0.attn_q.weight', [WIDTH, WIDTH])
    .tensor('blk.0.attn_k.weight', [WIDTH, WIDTH])
    .tensor(
      'blk.0.attn_v.weight',
      [WIDTH, WIDTH],
      matrix(
        WIDTH,
        WIDTH,
        SOURCES.map((_, at) => [IN + at, at, 1]),
      ),
    )
    .tensor(
      'blk.0.attn_output.weight',
      [WIDTH, WIDTH],
      matrix(
        WIDTH,
        WIDTH,
        SOURCES.map((source, at) => [at, OUT + at, source === ENDLESS ? AMPLIFIED.endless : AMPLIFIED.color]),
      ),
    )
    .tensor('blk.0.ffn_norm.weight', [WIDTH], ones(WIDTH))
    .tensor('blk.0.ffn_gate.weight', [WIDTH, hidden])
    .tensor('blk.0.ffn_up.weight', [WIDTH, hidden])
    .tensor('blk.0.ffn_down.weight', [hidden, WIDTH])
    .write(path);
}

function embeddings() {
  return matrix(
    WIDTH,
    VOCABULARY.length,
    VOCABULARY.map(({ text }, id) => {
      const state = STATES.indexOf(text);
      if (text === ENDLESS) return [IN + SOURCES.indexOf(ENDLESS), id, STATE_SIZE];
      return [state < 0 ? OTHER : state, id, STATE_SIZE];
    }),
  );
}

function outputs() {
  const id = (/** @type {string} */ token) => VOCABULARY.findIndex(({ text }) => text === token);
  /** @type {number[][]} */
  const cells = SOURCES.map((source, at) => [OUT + at, id(source === ENDLESS ? '▁again' : `▁${source}`), 1]);
  for (const [state, followers] of Object.entries(NEXT)) {
    const dimension = state === 'other' ? OTHER : STATES.indexOf(state);
    for (const [token, likely] of Object.entries(followers)) cells.push([dimension, id(token), likely]);
  }
  return matrix(WIDTH, VOCABULARY.length, cells);
}

/** Sees 8 × 8 patches, of each the mean of its red, green and blue. @param {string} path */
function writeClip(path) {
  const [side, patch, width, hidden, blocks] = [112, 14, 32, 64, 2];
  const positions = (side / patch) ** 2 + 1;
  const file = new GgufWriter()
    .field('general.architecture', 'string', 'clip')
    .field('clip.has_vision_encoder', 'bool', true)
    .field('clip.projector_type', 'string', 'mlp')
    .field('clip.use_gelu', 'bool', true);
  const sizes = {
    image_size: side,
    patch_size: patch,
    embedding_length: width,
    feed_forward_length: hidden,
    block_count: blocks,
    projection_dim: WIDTH,
    'attention.head_count': 1,
  };
  for (const [key, size] of Object.entries(sizes)) file.field(`clip.vision.${key}`, 'u32', size);
  const mean = new Float32Array(patch * patch * 3 * width);
  for (let channel = 0; channel < 3; channel++) {
    const from = (channel * 3 + channel) * patch * patch;
    mean.fill(1 / patch ** 2, from, from + patch * patch);
  }
  file
    .field('clip.vision.attention.layer_norm_epsilon', 'f32', 1e-5)
    .list('clip.vision.image_mean', 'f32', [0.5, 0.5, 0.5])
    .list('clip.vision.image_std', 'f32', [0.5, 0.5, 0.5])
    .tensor('v.patch_embd.weight', [patch, patch, 3, width], mean)
    .tensor('v.class_embd', [width])
    .tensor('v.position_embd.weight', [width, positions])
    .tensor('v.pre_ln.weight', [width], ones(width))
    .tensor('v.pre_ln.bias', [width]);
  for (let block = 0; block < blocks; block++) {
    const name = (/** @type {string} */ part) => `v.blk.${block}.${part}`;
    for (const part of ['attn_q', 'attn_k', 'attn_v', 'attn_out']) {
      file.tensor(name(`${part}.weight`), [width, width]).tensor(name(`${part}.bias`), [width]);
    }
    for (const part of ['ln1', 'ln2']) {
      file.tensor(name(`${part}.weight`), [width], ones(width)).tensor(name(`${part}.bias`), [width]);
    }
    file
      .tensor(name('ffn_up.weight'), [width, hidden])
      .tensor(name('ffn_up.bias'), [hidden])
      .tensor(name('ffn_down.weight'), [hidden, width])
      .tensor(name('ffn_down.bias'), [width]);
  }
  file
    .tensor(
      'mm.0.weight',
      [width, WIDTH],
      matrix(
        width,
        WIDTH,
        COLORS.map((_, at) => [at, at, 1]),
      ),
    )
    .tensor('mm.0.bias', [WIDTH])
    .tensor(
      'mm.2.weight',
      [WIDTH, WIDTH],
      matrix(
        WIDTH,
        WIDTH,
        COLORS.map((_, at) => [at, IN + at, 10]),
      ),
    )
    .tensor('mm.2.bias', [WIDTH])
    .write(path);
}

/**
 * A matrix of zeros but for some cells.
 * @param {number} inputs
 * @param {number} outputs
 * @param {number[][]} cells each with its input, its output and the weight between them
 */
function matrix(inputs, outputs, cells) {
  const data = new Float32Array(inputs * outputs);
  for (const [from = 0, to = 0, weight = 0] of cells) data[to * inputs + from] = weight;
  return data;
}

/** @param {number} count */
const ones = (count) => new Float32Array(count).fill(1);
