import type { ImageEmbed } from './image-embed.ts';

/** Words that programs and people in a hurry put where alt text should be. */
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
      // the names that cameras and phones give
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

/** Words that join a placeholder to its date, its time and its file extension. */
const FILLERS = new Set(
  'at from um vom от в uhr am pm copy png jpg jpeg jpe gif webp avif svg bmp tif tiff heic heif'.split(' '),
);

/**
 * Why an embed needs alt text: it has none, or one that says nothing (`Pasted image 2026…`, `IMG_1234`, the file's
 * name, no letter at all); null where it has words of a person. `alt=""` in HTML needs none: there it says that the
 * image is decorative (https://html.spec.whatwg.org/multipage/images.html#a-purely-decorative-image-that-doesn't-add-any-information),
 * which somebody decided. An empty alt text in Markdown says only that nobody wrote one. An expression in braces, as
 * MDX has it, is somebody's too.
 */
export function needsAltText(embed: ImageEmbed): 'missing' | 'useless' | null {
  const alt = embed.alt.trim();
  if (alt === '') {
    const decorative = embed.syntax === 'html' && embed.altSpan !== null && embed.alt === '';
    return decorative ? null : 'missing';
  }
  if (embed.syntax === 'html' && /^\{.*\}$/s.test(alt)) return null;
  return saysNothing(alt, embed.target) ? 'useless' : null;
}

/**
 * Whether an alt text only stands in for one: a placeholder, or the name of the image. What a model says is held to the same rule,
 * or it would be written and replaced again at each run.
 * @param target of the embed, or the path of its file; '' where it is not known
 */
export function saysNothing(alt: string, target: string): boolean {
  return isPlaceholder(alt) || isFileName(alt, target);
}

function isPlaceholder(alt: string): boolean {
  const words = alt
    .normalize()
    .toLowerCase()
    .match(/\p{L}[\p{L}\p{M}]*/gu);
  // An emoji says something, digits and punctuation alone don't.
  if (words === null) return !/\p{Extended_Pictographic}/u.test(alt);
  // Names that are a hash or a UUID.
  if (/^[0-9a-f]{8}[0-9a-f-]*\d[0-9a-f-]*$/i.test(alt)) return true;
  while (words.length > 1 && FILLERS.has(words.at(-1) ?? '')) words.pop();
  return PLACEHOLDERS.has(words.join(' '));
}

/** Whether the alt text is the target or its last part, with or without its extension, %-encoded or not. */
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
    // A literal % in a name.
  }
  return decoded.normalize().toLowerCase().trim();
}
