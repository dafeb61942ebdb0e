/** A command in a menu. */
export interface MenuEntry {
  readonly label: string;
  readonly run: () => void;
  /** Whether it is switched on; omitted if it is not a switch. */
  readonly isOn?: boolean;
}

/** Groups of entries, with a line between two groups. */
export type MenuGroups = readonly (readonly MenuEntry[])[];

/**
 * Opens a menu in the style of the host.
 * @param at the button it belongs to, which gets the focus back, or the click that asked for it
 */
export type ShowMenu = (groups: MenuGroups, at: HTMLElement | MouseEvent) => void;
