/**
 * Markers of turns, images, and positions that models are trained with. They end up in the answer if a server doesn't
 * know them or a model spells them out. By family: ChatML, Llama 3, Phi, DeepSeek, Gemma 3 and 4, Mistral and
 * Pixtral, Idefics, InternVL, PaliGemma, GLM, T5; bytes as in SentencePiece.
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

/** A new turn: after an answer, the model makes up the next question. */
const TURNS =
  '(?:<\\|im_start\\|>|<start_of_turn>|<\\|turn>|<\\|start\\|>|<\\|start_header_id\\|>)(?:system|user|assistant|model)?(?:<\\|end_header_id\\|>)?' +
  '|<[|｜](?:system|user|assistant)[|｜]>|\\[INST\\]';

/** These are also HTML: they count as tokens only at the beginning or end of an answer. */
const AT_THE_ENDS = /^(?:\s*<(?:s|image|img)>)+|(?:<\/s>\s*)+$/g;

const ANY_TOKEN = new RegExp(`${TURNS}|${TOKENS}`, 'gi');

/** Sources of patterns, to be used case-insensitively. */
export const TOKEN_PATTERN = TOKENS;
export const TURN_PATTERN = TURNS;

/** Removes the control tokens of all model families. */
export function withoutTokens(text: string): string {
  return text
    .replace(/<0x0A>/gi, '\n')
    .replace(/<0x[0-9a-f]{2}>/gi, '')
    .replace(ANY_TOKEN, '')
    .replace(AT_THE_ENDS, '');
}
