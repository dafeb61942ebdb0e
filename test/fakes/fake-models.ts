import type { FakeModel } from './fake-ollama.ts';

/** A vision model with a fixed cost per image: Gemma 3. */
export const gemma3: FakeModel = {
  name: 'gemma3:4b',
  sizeBytes: 3_338_801_804,
  details: { family: 'gemma3', families: ['gemma3'], parameter_size: '4.3B', quantization_level: 'Q4_K_M' },
  modelInfo: {
    'general.architecture': 'gemma3',
    'gemma3.context_length': 131_072,
    'gemma3.vision.block_count': 27,
    'gemma3.vision.image_size': 896,
    'gemma3.vision.patch_size': 14,
  },
  imageTokens: () => 256,
};

/** A vision model whose image cost depends on the pixels: Qwen2.5-VL. */
export const qwen25vl: FakeModel = {
  name: 'qwen2.5vl:7b',
  sizeBytes: 5_969_245_856,
  details: {
    family: 'qwen25vl',
    families: ['qwen25vl'],
    parameter_size: '8.3B',
    quantization_level: 'Q4_K_M',
  },
  modelInfo: {
    'general.architecture': 'qwen25vl',
    'qwen25vl.context_length': 128_000,
    'qwen25vl.vision.block_count': 32,
    'qwen25vl.vision.patch_size': 14,
  },
  imageTokens: () => 1280,
  points: 'qwen2.5',
};

/** Its successor, which returns positions in thousandths. */
export const qwen3vl: FakeModel = {
  name: 'qwen3-vl:8b',
  sizeBytes: 6_140_000_000,
  capabilities: ['completion', 'vision', 'thinking', 'tools'],
  details: { family: 'qwen3vl', families: ['qwen3vl'], parameter_size: '8.8B', quantization_level: 'Q4_K_M' },
  modelInfo: {
    'general.architecture': 'qwen3vl',
    'qwen3vl.context_length': 262_144,
    'qwen3vl.vision.block_count': 27,
    'qwen3vl.vision.patch_size': 16,
  },
  imageTokens: () => 1152,
  points: 'qwen3',
};

/** A model that returns positions in thousandths, y first: Gemma 4. */
export const gemma4: FakeModel = {
  name: 'gemma4:e4b',
  sizeBytes: 9_600_000_000,
  capabilities: ['completion', 'vision', 'thinking', 'tools'],
  details: { family: 'gemma4', families: ['gemma4'], parameter_size: '8B', quantization_level: 'Q4_K_M' },
  modelInfo: {
    'general.architecture': 'gemma4',
    'gemma4.context_length': 131_072,
    'gemma4.vision.block_count': 16,
    'gemma4.vision.patch_size': 16,
  },
  imageTokens: () => 280,
  points: 'gemma4',
};

/** A model split into a text part and a projector, with a context of only 4,096 tokens: LLaVA 1.5. */
export const llava: FakeModel = {
  name: 'llava:7b',
  sizeBytes: 4_733_363_377,
  details: { family: 'llama', families: ['llama', 'clip'], parameter_size: '7B', quantization_level: 'Q4_0' },
  modelInfo: { 'general.architecture': 'llama', 'llama.context_length': 4096 },
  projectorInfo: {
    'general.architecture': 'clip',
    'clip.has_vision_encoder': true,
    'clip.projector_type': 'mlp',
    'clip.vision.image_size': 336,
    'clip.vision.patch_size': 14,
  },
  imageTokens: () => 576,
};

/** A text-only model. */
export const textOnly: FakeModel = {
  name: 'llama3.2:3b',
  sizeBytes: 2_019_393_189,
  capabilities: ['completion', 'tools'],
  details: { family: 'llama', families: ['llama'], parameter_size: '3.2B', quantization_level: 'Q4_K_M' },
  modelInfo: { 'general.architecture': 'llama', 'llama.context_length': 131_072 },
};

/** A vision model that runs on another machine. */
export const cloud: FakeModel = {
  name: 'qwen3-vl:235b-cloud',
  sizeBytes: 384,
  capabilities: ['completion', 'vision', 'thinking', 'tools'],
  details: { family: 'qwen3vlmoe', families: ['qwen3vlmoe'], parameter_size: '235B', quantization_level: '' },
  remote: { model: 'qwen3-vl:235b', host: 'https://ollama.com:443' },
};

/** A model that current servers list but cannot load: Llama 3.2 Vision. */
export const unloadable: FakeModel = {
  name: 'llama3.2-vision:11b',
  sizeBytes: 7_816_589_186,
  details: { family: 'mllama', families: ['mllama'], parameter_size: '10.7B', quantization_level: 'Q4_K_M' },
  modelInfo: { 'general.architecture': 'mllama', 'mllama.context_length': 131_072 },
  always: {
    kind: 'error',
    status: 500,
    error:
      "llama-server process has terminated: exit status 1: error loading model: unknown model architecture: 'mllama'",
  },
};

/** The meaning of words in three languages, with one dimension per concept in the tests. */
const THINGS = [
  /lighthouse|маяк|leuchtturm|beacon/i,
  /heat|tepl|тепл|wärme|warm/i,
  /loss|curve|кривая|kurve|chart/i,
  /square/i,
];

/** An embedding model that matches words across languages: BGE-M3, as far as tests need it. */
export const bgeM3: FakeModel = {
  name: 'bge-m3:567m',
  sizeBytes: 1_157_672_605,
  capabilities: ['embedding'],
  details: { family: 'bert', families: ['bert'], parameter_size: '566.70M', quantization_level: 'F16' },
  modelInfo: { 'general.architecture': 'bert', 'bert.context_length': 8192 },
  embed: (text) => [0.3, ...THINGS.map((thing) => (thing.test(text) ? 1 : 0))],
};
