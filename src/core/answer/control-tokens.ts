/**
 * Marks of turns, images and places that models are trained with. A server that doesn't know them as such, or a model that
 * writes them out letter by letter, leaves them in the answer. By family: ChatML, Llama 3, Phi, DeepSeek, Gemma 3 and 4,
 * Mistral and Pixtral, Idefics, InternVL, PaliGemma, GLM, T5; bytes as SentencePiece writes them.
 */
const TOKENS = [
  '<[|｜][^<>|｜\\n]{1,60}[|｜]>',
  '<\\|[a-z_"]{1,30}>|<[a-z_"]{1,30}\\|>',
  '<(?:start|end|begin)_of_[a-z]{2,20}>',
  '<(?:unused|extra_id_|reserved_[a-z_]*|loc_?|seg_?)\\d{1,5}>',
  '<(?:(?:image|audio)_soft_token|fake_token_around_image|global-img|row_\\d+_col_\\d+|im_(?:start|end|patch)|image_placeholder)>',
  '<(?:IMG_CONTEXT|(?:BOS|EOS|PAD|UNK)_TOKEN|bos|eos|eot|pad|unk)>',
  '\\[(?:IMG|IMG_BREAK|IMG_END|/?INST|/?SYSTEM_PROMPT|TOOL_CALLS|gMASK|img-\\d+)\\]',
  '<</?SYS>>',
  '</?(?:final_)?answer>',
].join('|');

/** A new turn: behind an answer, it begins what the model makes up of the next question. */
const TURNS =
  '(?:<\\|im_start\\|>|<start_of_turn>|<\\|turn>|<\\|start\\|>|<\\|start_header_id\\|>)(?:system|user|assistant|model)?(?:<\\|end_header_id\\|>)?' +
  '|<[|｜](?:system|user|assistant)[|｜]>|\\[INST\\]';

/** These are also HTML: they are taken for tokens only where an answer begins or ends. */
const AT_THE_ENDS = /^(?:\s*<(?:s|image|img)>)+|(?:<\/s>\s*)+$/g;

const ANY_TOKEN = new RegExp(`${TURNS}|${TOKENS}`, 'gi');

/** Sources of patterns, to be matched without regard to case. */
export const TOKEN_PATTERN = TOKENS;
export const TURN_PATTERN = TURNS;

/** A text without the control tokens of model families, of which none has to do with what it says. */
export function withoutTokens(text: string): string {
  return text
    .replace(/<0x0A>/gi, '\n')
    .replace(/<0x[0-9a-f]{2}>/gi, '')
    .replace(ANY_TOKEN, '')
    .replace(AT_THE_ENDS, '');
}
