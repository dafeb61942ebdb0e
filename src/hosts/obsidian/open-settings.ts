import type { App } from 'obsidian';

/** Obsidian's settings window. It is not in the public API, but plugins have long relied on it. */
interface SettingsWindow {
  readonly open: () => void;
  readonly openTabById: (id: string) => unknown;
}

/**
 * @param id the plugin
 * @returns opens the plugin's tab in the settings; null if this version of Obsidian has no such function
 */
export function settingsOpener(app: App, id: string): (() => void) | null {
  const { setting } = app as App & { readonly setting?: Partial<SettingsWindow> | null };
  if (typeof setting?.open !== 'function' || typeof setting.openTabById !== 'function') return null;
  const { open, openTabById } = setting;
  return () => {
    open.call(setting);
    openTabById.call(setting, id);
  };
}
