/** What the user arranged in the panel. */
export interface PanelLayout {
  /** Whether the images are shown; null until the user decides, so that a few are shown and many are not. */
  readonly areImagesOpen: boolean | null;
  /** Height of the images in pixels; null for the default. */
  readonly imagesHeight: number | null;
}

export const DEFAULT_LAYOUT: PanelLayout = { areImagesOpen: null, imagesHeight: null };

/** Where the host keeps the layout. */
export interface LayoutStore {
  load(): unknown;
  save(layout: PanelLayout): void;
}

/** The stored layout; anything else counts as not decided. */
export function parseLayout(stored: unknown): PanelLayout {
  if (typeof stored !== 'object' || stored === null) return DEFAULT_LAYOUT;
  const { areImagesOpen, imagesHeight } = stored as Readonly<Record<string, unknown>>;
  return {
    areImagesOpen: typeof areImagesOpen === 'boolean' ? areImagesOpen : null,
    imagesHeight: typeof imagesHeight === 'number' && imagesHeight > 0 ? imagesHeight : null,
  };
}
