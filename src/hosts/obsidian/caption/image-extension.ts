import type { TFile } from 'obsidian';

const IMAGE = /^(?:png|jpe?g|gif|webp|avif|bmp|svg|heic|heif|tiff?)$/i;

/** Whether the file extension is that of an image. */
export function imageExtension(file: TFile): boolean {
  return IMAGE.test(file.extension);
}
