// Draws every image of samples/vault anew: node samples/draw/draw.mjs [part of a name …]
// The results are committed; nobody needs to run this to use them. What it takes: samples/README.md.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { bmp } from './bmp.mjs';
import { photographPage } from './chromium.mjs';
import { coffee } from './photos/coffee.mjs';
import { lake } from './photos/lake.mjs';
import { night } from './photos/night.mjs';

const here = new URL('./', import.meta.url);
const vault = new URL('../vault/', import.meta.url);

/** The page says itself how large it is, in its body's style. */
function page(name, query = '') {
  const source = readFileSync(new URL(`pages/${name}.html`, here), 'utf8');
  const [, width, height] = /width: (\d+)px; height: (\d+)px/.exec(source);
  return photographPage(new URL(`pages/${name}.html${query}`, here), { width: Number(width), height: Number(height) });
}

const png = (input) => sharp(input).png({ palette: true, effort: 10, compressionLevel: 9 }).toBuffer();
const pageAsPng = (name) => async () => png(await page(name));
const svg = (name) => readFileSync(new URL(`${name}.svg`, here));
const svgAsPng = (name) => () => png(svg(name));
const raw = (pixels, width, height) => sharp(pixels, { raw: { width, height, channels: 3 } });
const animation = (frames, delay) =>
  sharp(frames, { join: { animated: true } }).gif({ delay, loop: 0, effort: 10, dither: 0 }).toBuffer();

async function rabbitTwitchesItsEar() {
  const ears = [0, 14, 26].map((angle) => svg('animals/rabbit').toString().replace('rotate(0 ', `rotate(${angle} `));
  return animation(await Promise.all(ears.map((ear) => sharp(Buffer.from(ear)).png().toBuffer())), [900, 120, 260]);
}

async function buttonIsPressed() {
  return animation([await page('button', '?frame=0'), await page('button', '?frame=1'), await page('button', '?frame=2')], [900, 300, 1400]);
}

/** As a phone held upright writes it: the pixels lie on their side, a tag says so. */
function phonePhoto() {
  const [width, height] = [1728, 2304];
  return raw(lake(width, height, 4), width, height)
    .modulate({ saturation: 1.1 })
    .rotate(270)
    .withExif({ IFD0: { Orientation: '6', Software: 'samples/draw/photos/lake.mjs' } })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 84, mozjpeg: true })
    .toBuffer();
}

/** A copy that broke off: the picture's beginning and no end. */
async function brokenPhoto() {
  const whole = await raw(night(600, 400), 600, 400).png({ palette: true, colours: 64 }).toBuffer();
  return whole.subarray(0, Math.round(whole.length * 0.4));
}

async function receiptAsBmp() {
  const { data, info } = await sharp(await page('receipt')).flatten().removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return bmp(data, info.width, info.height);
}

const textNamedPng = () => Buffer.from('404 Not Found\n\nThe whiteboard you asked for has expired. Boards are kept for 14 days.\n');

const images = {
  'attachments/gradient-descent.png': pageAsPng('slide-gradient-descent'),
  'attachments/learning-rates.png': pageAsPng('slide-learning-rates'),
  'attachments/Loss curve.png': pageAsPng('chart-loss'),
  'attachments/Слайд 1. Модальности.png': pageAsPng('slide-modalities'),
  'attachments/Слайд 2. Кросс-внимание.png': pageAsPng('slide-attention'),
  'attachments/Слайд 3. Схема модели.png': pageAsPng('diagram-model'),
  'attachments/Leistungszahl.png': pageAsPng('slide-heat-pump'),
  'attachments/Kältekreis.png': async () => sharp(await page('heat-cycle')).png({ palette: true, colours: 16, effort: 10 }).toBuffer(),
  'attachments/acorn-keep.svg': () => svg('acorn-keep'),
  'attachments/divider.png': svgAsPng('divider'),
  'attachments/Pasted image 20261103101500.png': pageAsPng('terminal-restore'),
  'attachments/Pasted image 20261103102210.png': pageAsPng('dialog-backup'),
  'attachments/start-backup.gif': buttonIsPressed,
  'attachments/trip/IMG_2041.JPG': phonePhoto,
  'attachments/trip/IMG_2044.png': brokenPhoto,
  'attachments/trip/Bahnverbindung.png': pageAsPng('train-connection'),
  // Stored decomposed (NFD), as older Macs did, while the note writes it composed.
  [`attachments/trip/${'Café-Menü'.normalize('NFD')}.png`]: pageAsPng('cafe-menu'),
  'attachments/trip/Fahrkarte.tiff': async () => sharp(await page('ticket')).flatten().tiff({ compression: 'deflate', predictor: 'horizontal' }).toBuffer(),
  'attachments/trip/Kaffee.webp': () => raw(coffee(800, 600, 40), 800, 600).webp({ quality: 82, effort: 6 }).toBuffer(),
  'attachments/trip/Kassenbon.bmp': receiptAsBmp,
  'attachments/trip/Leipzig bei Nacht.avif': () => raw(night(1200, 800), 1200, 800).avif({ quality: 58, effort: 6 }).toBuffer(),
  'attachments/zoo/100%.png': svgAsPng('badge-100'),
  'attachments/zoo/FROG.PNG': svgAsPng('animals/frog'),
  [`attachments/zoo/${'Bär'.normalize('NFD')}.png`]: svgAsPng('animals/bear'),
  'attachments/zoo/bat.avif': () => sharp(svg('animals/bat')).avif({ quality: 70, effort: 6 }).toBuffer(),
  'attachments/zoo/cat & mouse.png': svgAsPng('animals/cat-and-mouse'),
  'attachments/zoo/octopus.svg': () => svg('animals/octopus'),
  'attachments/zoo/owl (barn).png': svgAsPng('animals/owl'),
  'attachments/zoo/penguin.png': svgAsPng('animals/penguin'),
  'attachments/zoo/rabbit.gif': rabbitTwitchesItsEar,
  'attachments/zoo/red fox.png': svgAsPng('animals/fox'),
  'attachments/zoo/whale.webp': () => sharp(svg('animals/whale')).webp({ quality: 88, effort: 6 }).toBuffer(),
  'attachments/zoo/Ёж.png': svgAsPng('animals/hedgehog'),
  'Inbox/img/Downloads per quarter.png': pageAsPng('chart-downloads'),
  'Inbox/img/Sync architecture (v2).png': pageAsPng('diagram-sync'),
  'Inbox/img/whiteboard.png': textNamedPng,
};

const wanted = process.argv.slice(2);
for (const [name, draw] of Object.entries(images)) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  const bytes = await draw();
  const file = fileURLToPath(vault) + name; // not a URL: `%` stands for itself
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  console.log(`${(bytes.length / 1024).toFixed(0).padStart(5)} KB  ${name}`);
}
