import { isWebEmbed } from './web-embed.ts';

const IMAGE = new Set(
  'apng avif bmp gif heic heif ico jfif jpe jpeg jpg jxl png svg tif tiff webp'.split(' '),
);

/**
 * Extensions that note apps embed with the same syntax, or that people embed by mistake, but that are not
 * images: notes, tables, app-specific drawings, documents, slides, audio and video.
 */
const OTHER = new Set(
  [
    'md markdown mdown mkd mdx qmd rmd canvas base csv tsv excalidraw drawio dio mmd',
    'pdf html htm doc docx odt rtf epub xls xlsx ods ppt pptx odp key',
    '3gp aac flac m4a mp3 oga ogg opus wav',
    'avi m4v mkv mov mp4 mpeg mpg ogv webm',
  ]
    .join(' ')
    .split(' '),
);

/** Links to applications and other URLs that are not file addresses. */
const OTHER_SCHEME = /^(?:obsidian|mailto|tel|javascript|zotero):/i;

/** Whether `![[target]]` embeds an image, judged by its extension. https://help.obsidian.md/file-formats */
export function isWikiImageTarget(target: string): boolean {
  return IMAGE.has(extension(target.replace(/#.*$/s, '')));
}

/** Whether `![](target)` shows an image. True for any target that is not known to be something else. */
export function isImageTarget(target: string): boolean {
  if (/^data:/i.test(target)) return isImageData(target);
  if (OTHER_SCHEME.test(target)) return false;
  // A heading or block of the same note, unless it has an image extension.
  if (target.startsWith('#')) return IMAGE.has(extension(target));
  const path = extension(target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, ''));
  return !OTHER.has(path) && (IMAGE.has(path) || !isWebEmbed(target));
}

/** Whether a path ends in any extension. */
export function hasExtension(path: string): boolean {
  return extension(path) !== '';
}

/** Data without a specific media type may be an image; only its bytes can tell. */
function isImageData(url: string): boolean {
  return /^data:(?:image\/|application\/octet-stream\b|binary\/octet-stream\b|;)/i.test(url);
}

function extension(path: string): string {
  return /\.([a-z0-9]+)\s*$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}
