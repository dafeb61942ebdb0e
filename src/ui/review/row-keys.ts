/** What the keys of a row need to know and can do. */
export interface RowKeys {
  /** Whether the event comes from the text box. */
  readonly isInText: (event: KeyboardEvent) => boolean;
  /** Whether it comes from a button, which has its own use for Enter. */
  readonly isOnButton: (event: KeyboardEvent) => boolean;
  /** Whether an arrow key would leave the text. */
  readonly leavesText: (down: boolean) => boolean;
  /** Restores the typed text if it was just replaced, which the browser's own undo can't. @returns whether it did */
  readonly restoreTyped: () => boolean;
  readonly accept: () => void;
  readonly skip: () => void;
  readonly move: (to: 'up' | 'down') => void;
}

/** @returns whether the key was handled */
export function pressRowKey(event: KeyboardEvent, keys: RowKeys): boolean {
  // During IME composition, keys belong to the input method.
  if (event.isComposing) return false;
  if (isUndo(event) && keys.restoreTyped()) return true;
  if (event.ctrlKey || event.metaKey) return false;
  switch (event.key) {
    case 'Enter':
      if (keys.isOnButton(event) && !event.altKey) return false;
      // Holding a key must not decide on more than one image.
      if (event.repeat) return true;
      if (event.altKey) keys.skip();
      else if (!event.shiftKey) keys.accept();
      return true;
    case 'Delete':
    case 'Backspace':
      if (keys.isInText(event) || event.altKey || event.shiftKey) return false;
      if (!event.repeat) keys.skip();
      return true;
    case 'ArrowUp':
    case 'ArrowDown': {
      if (event.altKey || event.shiftKey) return false;
      const down = event.key === 'ArrowDown';
      if (keys.isInText(event) && !keys.leavesText(down)) return false;
      keys.move(down ? 'down' : 'up');
      return true;
    }
    default:
      return false;
  }
}

/** Ctrl+Z or Cmd+Z, including on non-Latin keyboard layouts. */
function isUndo({ key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  const isZ = key.toLowerCase() === 'z' || (code === 'KeyZ' && key > '\u007f');
  return isZ && (ctrlKey || metaKey) && !shiftKey && !altKey;
}
