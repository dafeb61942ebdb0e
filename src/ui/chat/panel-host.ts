import type { ShowMenu } from '../menu/menu.ts';
import type { LayoutStore } from './panel-layout.ts';

/** What the host provides to the panel besides the actions. */
export interface PanelHost {
  readonly showMenu: ShowMenu;
  readonly layout: LayoutStore;
}
