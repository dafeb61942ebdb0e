import sharp from 'sharp';
import type { ChatCall } from '../fakes/chat-call.ts';
import { isObject } from '../fakes/is-object.ts';

/** In a question, requests an endless answer. */
export const ENDLESS = '∞';

const COLOURS = ['red', 'green', 'blue'] as const;

/** The answers of the tiny vision model in `scripts/llama`, for a fake server. */
export async function colourAnswer(call: ChatCall): Promise<unknown> {
  const sentence = `A ${await colourOf(call.images)} picture.`;
  if (call.text.includes(ENDLESS)) return `${sentence} again `.repeat(5000);
  if (!isObject(call.format)) return sentence;
  return { alt: sentence, description: sentence, tags: [sentence], decorative: false, text: sentence };
}

async function colourOf(images: readonly Buffer[]): Promise<string> {
  let colour = 'red';
  for (const image of images) {
    const { dominant } = await sharp(image).stats();
    const channels = [dominant.r, dominant.g, dominant.b];
    colour = COLOURS[channels.indexOf(Math.max(...channels))] ?? colour;
  }
  return colour;
}

/** A uniformly colored image, as encoded by a codec. */
export async function colouredPicture(colour: (typeof COLOURS)[number]): Promise<Uint8Array<ArrayBuffer>> {
  const background = { red: '#f00', green: '#0f0', blue: '#00f' }[colour];
  const image = sharp({ create: { width: 112, height: 112, channels: 3, background } });
  return new Uint8Array(await image.png().toBuffer());
}
