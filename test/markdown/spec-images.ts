/** An example of the specifications and the images in it. */
export interface SpecExample {
  /** Its number in CommonMark 0.31.2: https://spec.commonmark.org/0.31.2/ */
  readonly commonMark: number;
  /** Its number in GFM 0.29: https://github.github.com/gfm/ */
  readonly gfm: number;
  readonly markdown: string;
  readonly images: readonly { readonly target: string; readonly alt: string; readonly title?: string }[];
}

const train = { target: 'train.jpg', alt: 'foo bar', title: 'train & tracks' };
const titled = { target: '/url', alt: 'foo', title: 'title' };
const moon = { target: 'moon.jpg', alt: 'moon' };

/** All examples of both specifications that contain `![` or `<img`. */
export const SPEC_EXAMPLES: readonly SpecExample[] = [
  {
    commonMark: 475,
    gfm: 484,
    markdown: '*<img src="foo" title="*"/>\n',
    images: [{ target: 'foo', alt: '', title: '*' }],
  },
  { commonMark: 517, gfm: 525, markdown: '[![moon](moon.jpg)](/uri)\n', images: [moon] },
  {
    commonMark: 520,
    gfm: 528,
    markdown: '![[[foo](uri1)](uri2)](uri3)\n',
    images: [{ target: 'uri3', alt: '[foo](uri2)' }],
  },
  { commonMark: 531, gfm: 539, markdown: '[![moon](moon.jpg)][ref]\n\n[ref]: /uri\n', images: [moon] },
  { commonMark: 572, gfm: 580, markdown: '![foo](/url "title")\n', images: [titled] },
  {
    commonMark: 573,
    gfm: 581,
    markdown: '![foo *bar*]\n\n[foo *bar*]: train.jpg "train & tracks"\n',
    images: [train],
  },
  {
    commonMark: 574,
    gfm: 582,
    markdown: '![foo ![bar](/url)](/url2)\n',
    images: [{ target: '/url2', alt: 'foo bar' }],
  },
  {
    commonMark: 575,
    gfm: 583,
    markdown: '![foo [bar](/url)](/url2)\n',
    images: [{ target: '/url2', alt: 'foo bar' }],
  },
  {
    commonMark: 576,
    gfm: 584,
    markdown: '![foo *bar*][]\n\n[foo *bar*]: train.jpg "train & tracks"\n',
    images: [train],
  },
  {
    commonMark: 577,
    gfm: 585,
    markdown: '![foo *bar*][foobar]\n\n[FOOBAR]: train.jpg "train & tracks"\n',
    images: [train],
  },
  {
    commonMark: 578,
    gfm: 586,
    markdown: '![foo](train.jpg)\n',
    images: [{ target: 'train.jpg', alt: 'foo' }],
  },
  {
    commonMark: 579,
    gfm: 587,
    markdown: 'My ![foo bar](/path/to/train.jpg  "title"   )\n',
    images: [{ target: '/path/to/train.jpg', alt: 'foo bar', title: 'title' }],
  },
  { commonMark: 580, gfm: 588, markdown: '![foo](<url>)\n', images: [{ target: 'url', alt: 'foo' }] },
  { commonMark: 581, gfm: 589, markdown: '![](/url)\n', images: [{ target: '/url', alt: '' }] },
  {
    commonMark: 582,
    gfm: 590,
    markdown: '![foo][bar]\n\n[bar]: /url\n',
    images: [{ target: '/url', alt: 'foo' }],
  },
  {
    commonMark: 583,
    gfm: 591,
    markdown: '![foo][bar]\n\n[BAR]: /url\n',
    images: [{ target: '/url', alt: 'foo' }],
  },
  { commonMark: 584, gfm: 592, markdown: '![foo][]\n\n[foo]: /url "title"\n', images: [titled] },
  {
    commonMark: 585,
    gfm: 593,
    markdown: '![*foo* bar][]\n\n[*foo* bar]: /url "title"\n',
    images: [{ ...titled, alt: 'foo bar' }],
  },
  {
    commonMark: 586,
    gfm: 594,
    markdown: '![Foo][]\n\n[foo]: /url "title"\n',
    images: [{ ...titled, alt: 'Foo' }],
  },
  { commonMark: 587, gfm: 595, markdown: '![foo] \n[]\n\n[foo]: /url "title"\n', images: [titled] },
  { commonMark: 588, gfm: 596, markdown: '![foo]\n\n[foo]: /url "title"\n', images: [titled] },
  {
    commonMark: 589,
    gfm: 597,
    markdown: '![*foo* bar]\n\n[*foo* bar]: /url "title"\n',
    images: [{ ...titled, alt: 'foo bar' }],
  },
  { commonMark: 590, gfm: 598, markdown: '![[foo]]\n\n[[foo]]: /url "title"\n', images: [] },
  {
    commonMark: 591,
    gfm: 599,
    markdown: '![Foo]\n\n[foo]: /url "title"\n',
    images: [{ ...titled, alt: 'Foo' }],
  },
  { commonMark: 592, gfm: 600, markdown: '!\\[foo]\n\n[foo]: /url "title"\n', images: [] },
  { commonMark: 593, gfm: 601, markdown: '\\![foo]\n\n[foo]: /url "title"\n', images: [] },
];
