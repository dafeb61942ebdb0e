const IMAGE = new Set(
  'apng avif bmp gif heic heif ico jfif jpe jpeg jpg jxl png svg tif tiff webp'.split(' '),
);

/** What note applications embed by the same syntax but that is no image: notes, documents, sound, video. */
const OTHER = new Set(
  [
    'md markdown canvas base pdf',
    '3gp aac flac m4a mp3 oga ogg opus wav',
    'avi m4v mkv mov mp4 mpeg mpg ogv webm',
  ]
    .join(' ')
    .split(' '),
);

/** Whether `![[target]]` embeds an image: only its extension can tell. https://help.obsidian.md/file-formats */
export function isWikiImageTarget(target: string): boolean {
  return IMAGE.has(extension(target.replace(/#.*$/s, '')));
}

/** Whether `![](target)` shows an image: whatever is not known to be something else. */
export function isImageTarget(target: string): boolean {
  if (/^data:/i.test(target)) return true;
  return !OTHER.has(extension(target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '')));
}

function extension(path: string): string {
  return /\.([a-z0-9]+)\s*$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}
