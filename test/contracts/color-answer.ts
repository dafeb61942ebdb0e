import sharp from 'sharp';
import type { ChatCall } from '../fakes/chat-call.ts';
import { isObject } from '../fakes/is-object.ts';

/** In a question, requests an endless answer. */
export const ENDLESS = '∞';

const COLORS = ['red', 'green', 'blue'] as const;

/** The answers of the tiny vision model in `scripts/llama`, for a fake server. */
export async function colorAnswer(call: ChatCall): Promise<unknown> {
  const sentence = `A ${await colorOf(call.images)} picture.`;
  if (call.text.includes(ENDLESS)) return `${sentence} again `.repeat(5000);
  if (!isObject(call.format)) return sentence;
  return { alt: sentence, description: sentence, tags: [sentence], decorative: false, text: sentence };
}

async function colorOf(images: readonly Buffer[]): Promise<string> {
  let color = 'red';
  for (const image of images) {
    const { dominant } = await sharp(image).stats();
    const channels = [dominant.r, dominant.g, dominant.b];
    color = COLORS[channels.indexOf(Math.max(...channels))] ?? color;
  }
  return color;
}

/** A uniformly colored image, as encoded by a codec. */
export async function coloredPicture(color: (typeof COLORS)[number]): Promise<Uint8Array<ArrayBuffer>> {
  const background = { red: '#f00', green: '#0f0', blue: '#00f' }[color];
  const image = sharp({ create: { width: 112, height: 112, channels: 3, background } });
  return new Uint8Array(await image.png().toBuffer());
}
