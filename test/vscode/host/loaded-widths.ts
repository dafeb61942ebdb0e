import type { Locator } from 'playwright-core';

/** Natural widths of images in pixels, once each has loaded or failed to. */
export function loadedWidths(images: Locator): Promise<number[]> {
  return images.evaluateAll((elements) =>
    Promise.all(
      elements.map(async (element) => {
        const image = element as HTMLImageElement;
        await image.decode().catch(() => undefined);
        return image.naturalWidth;
      }),
    ),
  );
}
