import sharp from 'sharp';

/** A photo-like JPEG of 12 megapixels: broad gradients with fine noise over them. */
export async function drawPhoto(): Promise<Buffer> {
  const width = 4000;
  const height = 3000;
  const noise = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const gradient = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="1" y2="1">` +
      '<stop stop-color="#126"/><stop offset="0.6" stop-color="#fc8"/><stop offset="1" stop-color="#231"/>' +
      '</linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>',
  );
  return sharp(noise)
    .composite([{ input: gradient, blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toBuffer();
}
