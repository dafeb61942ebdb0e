import type { TFile } from 'obsidian';

const IMAGE = /^(?:png|jpe?g|gif|webp|avif|bmp|svg|heic|heif|tiff?)$/i;

/** Whether a file is an image by its name. */
export function imageExtension(file: TFile): boolean {
  return IMAGE.test(file.extension);
}
