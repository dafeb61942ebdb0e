/** What is let go of when the extension ends. VS Code's own is a class. */
export interface Disposable {
  readonly dispose: () => void;
}
