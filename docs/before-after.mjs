// Draws docs/before-after.png, the picture in the README: node docs/before-after.mjs (needs Chromium, see samples/README.md)
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { photographPage } from '../samples/draw/chromium.mjs';

const page = new URL('before-after.html', import.meta.url);
const shot = await photographPage(page, { width: 1600, height: 1024, scale: 2 });
writeFileSync(
  new URL('before-after.png', import.meta.url),
  await sharp(shot).png({ palette: true, effort: 10 }).toBuffer(),
);
