import { getIcon } from 'obsidian-test-mocks/obsidian';

/** Drawn on a 24 × 24 grid in Lucide style. An unknown icon is a square, with its name in its class. */
const PATHS: Readonly<Record<string, string>> = {
  'alert-triangle': 'M12 4l9 16H3zM12 10v4M12 17h.01',
  'arrow-down': 'M12 4v16M6 14l6 6 6-6',
  'arrow-up': 'M12 20V4M6 10l6-6 6 6',
  captions: 'M3 6h18v13H3zM7 15h4M15 15h2M7 11h2M13 11h4',
  check: 'M5 12l5 5 9-10',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  'file-text': 'M6 3h8l4 4v14H6zM9 12h6M9 16h6',
  folder: 'M3 6h6l2 3h10v11H3z',
  image: 'M4 4h16v16H4zM4 17l5-5 4 4 3-3 4 4M9 8.5h.01',
  'list-checks': 'M3 6l2 2 3-4M3 16l2 2 3-4M12 6h9M12 12h9M12 18h9',
  loader: 'M12 3v4M12 17v4M3 12h4M17 12h4M6 6l3 3M15 15l3 3M6 18l3-3M15 9l3-3',
  'message-circle': 'M4 20l1.5-4A8 8 0 1 1 9 19z',
  'messages-square': 'M3 4h12v9H8l-5 4zM18 9h3v12l-5-4H9v-1',
  moon: 'M20 14A8 8 0 1 1 10 4a6.5 6.5 0 0 0 10 10z',
  pencil: 'M4 20l1-5L16 4l4 4L9 19zM14 6l4 4',
  play: 'M7 4l13 8-13 8z',
  'refresh-cw': 'M20 11A8 8 0 0 0 6 7L4 9M4 4v5h5M4 13a8 8 0 0 0 14 4l2-2M20 20v-5h-5',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4 4',
  settings: 'M4 7h9M19 7h1M16 4v6M4 17h1M11 17h9M8 14v6',
  'trash-2': 'M4 6h16M9 6V3h6v3M6 6l1 15h10l1-15M10 10v7M14 10v7',
  sparkles: 'M11 4l2 6 6 2-6 2-2 6-2-6-6-2 6-2zM19 3v4M17 5h4',
  terminal: 'M5 7l5 5-5 5M12 18h7',
  'undo-2': 'M9 4L4 9l5 5M4 9h10a5 5 0 0 1 0 11h-4',
  x: 'M6 6l12 12M18 6L6 18',
};
const SQUARE = 'M5 5h14v14H5z';

/** Like Obsidian's: afterwards, the element contains only the icon. */
export function setIcon(parent: HTMLElement, iconId: string): void {
  const name = iconId.replace(/^lucide-/, '');
  parent.replaceChildren(getIcon(iconId) ?? drawn(name));
}

function drawn(name: string): SVGElement {
  const svg = createSvg('svg', { cls: `svg-icon lucide-${name}`, attr: { viewBox: '0 0 24 24' } });
  svg.createSvg('path', { attr: { d: PATHS[name] ?? SQUARE } });
  return svg;
}
