/** Names of families that can see; a size or the word `vl` tells some apart from their blind relatives. */
const SIGHTED =
  /\bvlm?\b|vision|visual|multimodal|qwen\d?(?:\.\d)?-?vl|qwen3\.[56]|llava|pixtral|gemma-?[34](?!n)|minicpm-?[vo]|moondream|mistral-small-?(?:3\.|-2503|-2506)|ministral-?3|internvl|smolvlm|cogvlm|llama-?4|glm-?4\.?\d?v|ocr|idefics|molmo|paligemma/;

/** The small ones of a family that can see. */
const BLIND = /gemma-?3-?[-:]?(?:1b|270m)/;

/** Whether a model's name says that it can see. @param name in lower case */
export function isVisionName(name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1);
  return SIGHTED.test(base) && !BLIND.test(base);
}
