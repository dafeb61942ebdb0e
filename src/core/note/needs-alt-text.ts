import type { ImageEmbed } from './image-embed.ts';

/** Placeholders that programs and people use instead of alt text. */
const PLACEHOLDERS = new Set(
  [
    // English
    'image img imgs picture pic photo photograph screenshot screencap thumbnail attachment placeholder',
    'alt caption description untitled unnamed null undefined none string todo tbd',
    // Russian
    'изображение картинка фото фотография снимок скриншот скрин безымянный описание подпись',
    // German
    'bild grafik foto bildschirmfoto bildschirmaufnahme alternativtext beschreibung unbenannt',
    // French, Spanish, Portuguese, Italian, Chinese, Japanese, Korean
    'imagen imagem immagine capture captura 图片 图像 图 照片 截图 圖片 画像 写真 이미지 사진',
  ]
    .join(' ')
    .split(' ')
    .concat([
      'pasted image',
      'clipboard image',
      'screen shot',
      'screen capture',
      'image alt',
      'alt text',
      'image alt text',
      'alt text here',
      'alternative text',
      'image description',
      'image caption',
      'enter image description here',
      'whatsapp image',
      'no description',
      'no alt text',
      'no image',
      'n a',
      'not available',
      'not applicable',
      'your alt text',
      'альтернативный текст',
      'без названия',
      'вставленное изображение',
      'снимок экрана',
      'описание изображения',
      'alt text hier',
      'eingefügtes bild',
      'ohne titel',
      // name prefixes from cameras and phones
      'dsc',
      'dscn',
      'dscf',
      'img e',
      'pxl',
      'mvimg',
      'gopr',
      'vid',
      'screenshot from',
    ]),
);

/** Words that may follow a placeholder: parts of dates, times and file extensions. */
const FILLERS = new Set(
  'at from um vom от в uhr am pm copy png jpg jpeg jpe gif webp avif svg bmp tif tiff heic heif'.split(' '),
);

/**
 * Returns why an embed needs alt text: it is missing, or it is a placeholder (`Pasted image 2026…`,
 * `IMG_1234`, the file name, no letters). Returns null for other alt text. `alt=""` in HTML marks a
 * decorative image
 * (https://html.spec.whatwg.org/multipage/images.html#a-purely-decorative-image-that-doesn't-add-any-information)
 * and needs none; empty alt text in Markdown does. A JSX expression in braces counts as alt text.
 */
export function needsAltText(embed: ImageEmbed): 'missing' | 'useless' | null {
  const alt = embed.alt.trim();
  if (alt === '') {
    const decorative = embed.syntax === 'html' && embed.altSpan !== null && embed.alt === '';
    return decorative ? null : 'missing';
  }
  if (embed.syntax === 'html' && /^\{.*\}$/s.test(alt)) return null;
  return isPlaceholderAlt(alt, embed.target) ? 'useless' : null;
}

/**
 * Whether an alt text is a placeholder or the file name of the image. Also applied to answers of models;
 * otherwise such an answer would be written and replaced on every run.
 * @param target target of the embed or path of its file; '' if unknown
 */
export function isPlaceholderAlt(alt: string, target: string): boolean {
  return isPlaceholder(alt) || isFileName(alt, target);
}

function isPlaceholder(alt: string): boolean {
  const words = alt
    .normalize()
    .toLowerCase()
    .match(/\p{L}[\p{L}\p{M}]*/gu);
  // An emoji is meaningful; digits and punctuation alone are not.
  if (words === null) return !/\p{Extended_Pictographic}/u.test(alt);
  // Names that are a hash or a UUID.
  if (/^[0-9a-f]{8}[0-9a-f-]*\d[0-9a-f-]*$/i.test(alt)) return true;
  while (words.length > 1 && FILLERS.has(words.at(-1) ?? '')) words.pop();
  return PLACEHOLDERS.has(words.join(' '));
}

/** Whether the alt text is the target or its last segment, with or without extension, percent-encoded or not. */
function isFileName(alt: string, target: string): boolean {
  if (target.startsWith('data:')) return false;
  const wanted = plainName(alt);
  const path = target.replace(/[?#].*$/s, '').replaceAll('\\', '/');
  return [target, path, path.slice(path.lastIndexOf('/') + 1)].some((name) => {
    const plain = plainName(name);
    return wanted === plain || wanted === plain.replace(/\.\p{L}[\p{L}\p{N}]{1,4}$/u, '');
  });
}

function plainName(name: string): string {
  let decoded = name;
  try {
    decoded = decodeURIComponent(name);
  } catch {
    // The name contains a literal %.
  }
  return decoded.normalize().toLowerCase().trim();
}
