import type { MenuEntry, ShowMenu } from '../menu/menu.ts';
import type { LayoutStore } from './panel-layout.ts';
import type { RichText } from './rich-text.ts';

/** What the host provides to the panel besides the actions. */
export interface PanelHost {
  readonly showMenu: ShowMenu;
  /** Entries that the host adds to the menu of an image. @param image its number */
  readonly imageEntries: (image: number) => readonly MenuEntry[];
  readonly layout: LayoutStore;
  readonly rich: RichText;
}
