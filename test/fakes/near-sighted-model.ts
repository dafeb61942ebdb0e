import sharp from 'sharp';
import type { ChatCall } from './chat-call.ts';
import { gemma3 } from './fake-models.ts';
import type { FakeModel } from './fake-ollama.ts';

/** The long edge of Gemma 3's image input, in pixels. */
const INPUT = 896;
/** The distance from white, in gray levels of 255, below which the model detects nothing. */
const VISIBLE = 160;

/**
 * A model that receives an image at the size of its encoder and correctly reports whether it contains a dark line; a
 * line of a single pixel disappears when downscaled. It accepts all statements about tiles.
 */
export const nearSighted: FakeModel = {
  ...gemma3,
  answer: async (call) => {
    const seen = await darkest(call.images[0]);
    const said = call.messages.at(-1)?.content ?? '';
    const toldOfLine = [...said.matchAll(/<part>([^]*?)<\/part>/g)].some(([, part]) =>
      part?.includes('A thin line'),
    );
    const line = seen >= VISIBLE || toldOfLine;
    return {
      alt: line ? 'A thin line on a page.' : 'An empty page.',
      description: line ? 'A thin line runs over a white page.' : 'The page is white.',
      tags: ['page'],
      decorative: false,
      text: '',
    };
  },
};

/** The distance from white of the darkest pixel that reaches the model. */
async function darkest(image: Buffer | undefined): Promise<number> {
  const fitted = await sharp(image)
    .grayscale()
    .resize(INPUT, INPUT, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer();
  return 255 - fitted.reduce((least, level) => Math.min(least, level), 255);
}

/** The task of a request, judged by its delimiters. */
export function taskOf(call: ChatCall): 'whole' | 'part' | 'merge' | 'compare' {
  const said = call.messages.at(-1)?.content ?? '';
  if (said.includes('<opinion>')) return 'compare';
  if (said.includes('<part>')) return 'merge';
  return said.includes('<whole>') ? 'part' : 'whole';
}
