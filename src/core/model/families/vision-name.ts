/** Names of vision models. In some families only a size or `vl` distinguishes them from text-only models. */
const VISION =
  /\bvlm?\b|vision|visual|multimodal|qwen\d?(?:\.\d)?-?vl|qwen3\.[56]|llava|pixtral|gemma-?[34](?!n)|minicpm-?[vo]|moondream|mistral-small-?(?:3\.|-2503|-2506)|ministral-?3|internvl|smolvlm|cogvlm|llama-?4|glm-?4\.?\d?v|ocr|idefics|molmo|paligemma/;

/** The text-only sizes of a vision family. */
const TEXT_ONLY = /gemma-?3-?[-:]?(?:1b|270m)/;

/**
 * Whether the name of a model indicates that it supports images.
 * @param name in lower case
 */
export function isVisionName(name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1);
  return VISION.test(base) && !TEXT_ONLY.test(base);
}
