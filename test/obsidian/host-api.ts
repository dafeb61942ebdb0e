/** A file to paste or drop. */
export interface GivenFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly base64: string;
}

/** The options for the Obsidian model, with one vault and one plugin. */
export interface BootOptions {
  /** Path in the vault → text. Hidden paths, such as `.obsidian/app.json`, are on disk but not in the vault. */
  readonly files: Readonly<Record<string, string>>;
  /** Path in the vault → bytes in base64. */
  readonly binaries: Readonly<Record<string, string>>;
  /** The note open at startup; null for none. */
  readonly note: string | null;
  /** The contents of the plugin's `data.json`; null for no file. */
  readonly data: unknown;
  /** The values stored for this vault on this device. */
  readonly localStorage: Readonly<Record<string, unknown>>;
  /** The value returned by `getLanguage`. */
  readonly language: string;
  /** Types of the views restored in the right dock; they load deferred. */
  readonly sideViews: readonly string[];
  /** Whether the app runs on a phone. */
  readonly isPhone: boolean;
  readonly mainJs: string;
  readonly manifest: PluginManifest;
  readonly stylesCss: string;
}

export interface PluginManifest {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly minAppVersion: string;
  readonly author: string;
  readonly description: string;
  readonly isDesktopOnly?: boolean;
}

/**
 * The requests that a test can send to the page, as `obsidianHost` there. All values are JSON. Offsets are in UTF-16
 * code units.
 */
export interface HostApi {
  readonly boot: (options: BootOptions) => Promise<void>;
  /** Disables the plugin, like the list of plugins does. */
  readonly disablePlugin: () => void;
  /** Enables the plugin after the layout is ready. */
  readonly enablePlugin: () => Promise<void>;
  /**
   * Runs a command like the palette does, including its check.
   * @param id with the plugin's prefix
   * @returns false if the check fails or there is no editor that it requires
   * @throws Error if there is no such command
   */
  readonly runCommand: (id: string) => Promise<boolean>;
  /** Ids of the commands that the palette offers now. */
  readonly offeredCommands: () => string[];
  /** @throws Error if there is no such handler */
  readonly runCli: (command: string, params: Readonly<Record<string, string>>) => Promise<string>;
  /** Opens or closes the plugin's page in the settings. */
  readonly toggleSettings: () => void;
  /**
   * Shows the menu of these files and folders, like a right-click in the file list.
   * @param source another place of the click, as Obsidian calls it
   */
  readonly showFileMenu: (paths: readonly string[], source?: string) => void;
  /** Paths of the vault, sorted. */
  readonly files: () => string[];
  /** Text of a file on disk, including hidden files; null if there is none. */
  readonly diskText: (path: string) => string | null;
  readonly diskBase64: (path: string) => string | null;
  /** Writes a file like another program does. The vault is notified if it contains the file. */
  readonly writeOutside: (path: string, text: string) => void;
  readonly renameFile: (path: string, newPath: string) => Promise<void>;
  readonly deleteFile: (path: string) => Promise<void>;
  readonly openNote: (path: string, where: 'here' | 'split') => Promise<void>;
  /** Shows the active note in reading view. */
  readonly showReadingView: () => Promise<void>;
  readonly closeNote: (path: string) => void;
  /** Activates the pane that shows this note. */
  readonly activateNote: (path: string) => void;
  /** Text of the active editor. */
  readonly editorText: () => string;
  readonly setSelection: (anchor: number, head: number) => void;
  /** @returns false if the default was prevented, by the plugin or by Obsidian itself */
  readonly paste: (files: readonly GivenFile[]) => boolean;
  readonly drop: (files: readonly GivenFile[], offset: number) => boolean;
  /** Texts of all notices since startup, as first shown. */
  readonly notices: () => string[];
  readonly setTheme: (theme: 'light' | 'dark') => void;
}

declare global {
  var obsidianHost: HostApi;
}
