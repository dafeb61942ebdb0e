import type { KeymapEventHandler, KeymapEventListener, Modifier } from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';

interface Registered {
  readonly handler: KeymapEventHandler;
  readonly modifiers: readonly Modifier[] | null;
  readonly key: string | null;
  readonly listener: KeymapEventListener;
}

/** Keyboard shortcuts that are active while their owner is shown. A listener that returns false consumes the key. */
export class Scope extends mocks.Scope {
  #registered: Registered[] = [];

  /** Public, so that any code can create one. */
  public constructor(parent?: mocks.Scope) {
    super(parent);
  }

  override register(
    modifiers: Modifier[] | null,
    key: string | null,
    listener: KeymapEventListener,
  ): KeymapEventHandler {
    const handler = super.register(modifiers, key, listener);
    this.#registered.push({ handler, modifiers, key, listener });
    return handler;
  }

  override unregister(handler: KeymapEventHandler): void {
    this.#registered = this.#registered.filter((other) => other.handler !== handler);
  }

  handle(event: KeyboardEvent): void {
    for (const { modifiers, key, listener } of this.#registered.toReversed()) {
      if (key !== null && key.toLowerCase() !== event.key.toLowerCase()) continue;
      if (modifiers !== null && !pressed(modifiers, event)) continue;
      const used = listener(event, { modifiers: null, key: event.key, vkey: event.code }) as unknown;
      if (used !== false) continue;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
  }
}

function pressed(modifiers: readonly Modifier[], event: KeyboardEvent): boolean {
  const wanted = (...names: Modifier[]): boolean => names.some((name) => modifiers.includes(name));
  return (
    event.ctrlKey === wanted('Mod', 'Ctrl') &&
    event.metaKey === wanted('Meta') &&
    event.shiftKey === wanted('Shift') &&
    event.altKey === wanted('Alt')
  );
}
