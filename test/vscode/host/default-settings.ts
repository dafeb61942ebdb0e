/** A quiet VS Code: nothing that comes by itself, moves, or calls out. */
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
  // Else a toast for each port that is listened on covers a corner.
  'remote.autoForwardPorts': false,
  'files.autoSave': 'off',
  // The dialogs are drawn in the page.
  'files.simpleDialog.enable': true,
  'editor.accessibilitySupport': 'off',
  // So that a row of the editor is a line of the note.
  'editor.wordWrap': 'off',
};
