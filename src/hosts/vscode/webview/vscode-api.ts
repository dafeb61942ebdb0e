/** Provided by VS Code to webviews. A page may call it once. */
declare function acquireVsCodeApi(): VscodeApi;

export interface VscodeApi {
  postMessage(message: unknown): void;
  /** Kept while the view is hidden or the window reloads. */
  getState(): unknown;
  setState(state: unknown): void;
}

export const vscode = acquireVsCodeApi();
