import sharp from 'sharp';

/** A PNG that a model can identify by its width. @param size in pixels */
export function square(size: number): Promise<Buffer> {
  return sharp({ create: { width: size, height: size, channels: 3, background: '#c00' } })
    .png()
    .toBuffer();
}
