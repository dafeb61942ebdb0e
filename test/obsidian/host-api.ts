/** A file that is pasted or dropped. */
export interface GivenFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly base64: string;
}

/** What the page needs to become an Obsidian with one vault and one plugin. */
export interface BootOptions {
  /** Path in the vault → text. Hidden paths, such as `.obsidian/app.json`, are on the disk but not in the vault. */
  readonly files: Readonly<Record<string, string>>;
  /** Path in the vault → bytes in base64. */
  readonly binaries: Readonly<Record<string, string>>;
  /** The note that is open at the start, none where it is null. */
  readonly note: string | null;
  /** What is in the plugin's `data.json`; there is none where it is null. */
  readonly data: unknown;
  /** What is stored for this vault on this device. */
  readonly localStorage: Readonly<Record<string, unknown>>;
  /** As `getLanguage` gives it. */
  readonly language: string;
  /** Types of the views that the workspace of the last session has in its right dock: they come up deferred. */
  readonly sideViews: readonly string[];
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

/** What a test can ask of the page: `obsidianHost` there. All of it can cross over as JSON. Offsets are UTF-16. */
export interface HostApi {
  readonly boot: (options: BootOptions) => Promise<void>;
  /** Turns the plugin off, as the list of plugins does. */
  readonly disablePlugin: () => void;
  /** Turns the plugin on, when the layout has long been ready. */
  readonly enablePlugin: () => Promise<void>;
  /**
   * Runs a command as the palette does: its check first.
   * @param id with the plugin's prefix
   * @returns false where the check refuses or there is no editor that it needs
   * @throws Error where there is no such command
   */
  readonly runCommand: (id: string) => Promise<boolean>;
  /** Ids of the commands that the palette offers now. */
  readonly offeredCommands: () => string[];
  /** @throws Error where there is no such handler */
  readonly runCli: (command: string, params: Readonly<Record<string, string>>) => Promise<string>;
  /** Opens the page of the plugin in the settings, or closes it. */
  readonly toggleSettings: () => void;
  /** Shows the menu of these files and folders, as a right click in the file list does. */
  readonly showFileMenu: (paths: readonly string[]) => void;
  /** Paths of the vault, sorted. */
  readonly files: () => string[];
  /** Text on the disk, hidden files too; null where there is none. */
  readonly diskText: (path: string) => string | null;
  readonly diskBase64: (path: string) => string | null;
  /** Writes as another program does. The vault, if the file is in it, hears of it. */
  readonly writeOutside: (path: string, text: string) => void;
  readonly renameFile: (path: string, newPath: string) => Promise<void>;
  readonly deleteFile: (path: string) => Promise<void>;
  readonly openNote: (path: string, where: 'here' | 'split') => Promise<void>;
  readonly closeNote: (path: string) => void;
  /** Makes a pane that shows this note the active one. */
  readonly activateNote: (path: string) => void;
  /** Text of the active editor. */
  readonly editorText: () => string;
  readonly setSelection: (anchor: number, head: number) => void;
  /** @returns false where somebody has prevented the default: the plugin, or Obsidian itself */
  readonly paste: (files: readonly GivenFile[]) => boolean;
  readonly drop: (files: readonly GivenFile[], offset: number) => boolean;
  /** Texts of all notices since the start, as they were first shown. */
  readonly notices: () => string[];
  readonly setTheme: (theme: 'light' | 'dark') => void;
}

declare global {
  var obsidianHost: HostApi;
}
