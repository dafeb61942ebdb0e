/** Settings for a quiet VS Code: no popups, animations or network requests. */
export const defaultSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.colorTheme': 'Default Light Modern',
  'window.autoDetectColorScheme': false,
  'window.menuBarVisibility': 'compact',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
  // Otherwise a toast for each forwarded port covers a corner.
  'remote.autoForwardPorts': false,
  'files.autoSave': 'off',
  // Renders dialogs in the page.
  'files.simpleDialog.enable': true,
  'editor.accessibilitySupport': 'off',
  // Each row of the editor is then a line of the note.
  'editor.wordWrap': 'off',
};
