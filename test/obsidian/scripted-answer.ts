import type { ChatCall } from '../fakes/chat-call.ts';
import { asksForBoxes } from '../fakes/point-out.ts';

/** Realistic alt text for images of the samples, identified by the surrounding text, in order. */
const ANSWERS: readonly (readonly [around: RegExp, alt: string])[] = [
  [
    /After the image: Picture a hiker/,
    'Slide on gradient descent: a path zigzags over contour lines from the start into a narrow valley, to the minimum',
  ],
  [
    /After the image: Too small and you pay/,
    'Table of five learning rates: 0.01 is fast and stable with a loss of 0.29, 1.0 diverges after 3 epochs',
  ],
  [
    /Before the image: .*attention slide/,
    'Slide in Russian on cross-attention: queries come from the text, keys and values from the image',
  ],
  [
    /After the image: The third quarter is the best/,
    'Bar chart of downloads per quarter: 21.6 thousand in the third quarter of 2026, the most in a year',
  ],
  [
    /After the image: The phone no longer talks/,
    'Diagram: laptop, phone and home server send to a sync service, which fills a chunk store and an index',
  ],
];

/** The image of the first run, which has no surroundings. */
const SAMPLE = 'A sailboat with white sails on blue water, in front of an orange sun';

const ANSWER = `The rate **0.01** is the best [2]: it is fast and stable, with a final loss of 0.29.

- *Smaller* ones crawl and take 400 epochs [2].
- *Larger* ones bounce around the minimum, as the zigzag path shows [1].`;

/** The positions of objects in the diagram of the samples, in thousandths of its sides. */
const BOXES: readonly (readonly [label: string, ...corners: readonly number[]])[] = [
  ['laptop', 46, 201, 227, 358],
  ['phone', 46, 475, 227, 632],
  ['home server', 46, 749, 227, 905],
  ['sync service', 373, 415, 587, 691],
  ['job queue', 373, 785, 587, 917],
  ['chunk store', 746, 240, 948, 485],
  ['index', 746, 633, 948, 878],
];

/** Answers for screenshots, where a sentence about squares would look odd. */
export function scriptedAnswer(call: ChatCall): unknown {
  const { messages, format } = call;
  if (asksForBoxes(call)) return BOXES.map(([label, ...corners]) => ({ label, bbox_2d: corners }));
  // A question, not a description.
  if (format === undefined) return ANSWER;
  const asked = messages.at(-1)?.content ?? '';
  const found = ANSWERS.find(([around]) => around.test(asked));
  const icon = 'App icon of Acorn Keep: an acorn with a keyhole on dark green';
  return {
    alt: found?.[1] ?? (/(?:Before|After) the image:/.test(asked) ? icon : SAMPLE),
    description: '',
    tags: [],
    decorative: false,
    text: '',
  };
}
