import type { Command } from 'obsidian';
import type { App } from './app.ts';

/** All commands by full id, and how the palette runs them. */
export class Commands {
  readonly commands = new Map<string, Command>();
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Ids of the commands that can run now. */
  offered(): string[] {
    return [...this.commands.keys()].filter((id) => this.#attempt(id, true) !== false);
  }

  /** @returns false if the check fails, or if it requires an editor and there is none */
  async run(id: string): Promise<boolean> {
    if (this.#attempt(id, true) === false) return false;
    const outcome = this.#attempt(id, false);
    await outcome;
    return outcome !== false;
  }

  #attempt(id: string, checking: boolean): unknown {
    const command = this.commands.get(id);
    if (command === undefined) throw new Error(`There is no command '${id}'.`);
    const info = this.#app.workspace.activeEditor;
    if (command.editorCheckCallback ?? command.editorCallback) {
      if (!info?.editor) return false;
      if (command.editorCheckCallback) {
        return command.editorCheckCallback(checking, info.editor, info) ?? true;
      }
      return checking ? true : (command.editorCallback?.(info.editor, info) as unknown);
    }
    if (command.checkCallback) return command.checkCallback(checking) ?? true;
    return checking ? true : (command.callback?.() as unknown);
  }
}
