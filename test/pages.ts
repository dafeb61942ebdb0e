import sharp from 'sharp';

const drawn = (width: number, height: number, inside: string): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
        `<rect width="100%" height="100%" fill="#fff"/>${inside}</svg>`,
    ),
  )
    .png()
    .toBuffer();

/** A white page of 2000 × 1200 pixels with one black line of a single pixel in its upper left. */
export const thinLine = (): Promise<Buffer> =>
  drawn(2000, 1200, '<rect x="200" y="300" width="300" height="1"/>');

/** A page of the same size with large letters, which lose nothing when downscaled. */
export const largeLetters = (): Promise<Buffer> =>
  drawn(
    2000,
    1200,
    '<path d="M300 300h80v600h-80zM380 550h240v80h-240zM620 300h80v600h-80zM900 300h80v600h-80z"/>',
  );

/** A page with a grid of crossing lines that are one pixel wide. */
export const crossingLines = (width: number, height: number): Promise<Buffer> =>
  drawn(
    width,
    height,
    Array.from({ length: 8 }, (_, at) => {
      const x = Math.round(((at + 0.5) * width) / 8);
      return `<path d="M${x} 20L${width - x} ${height - 20}" stroke="#03c" fill="none"/>`;
    }).join(''),
  );
