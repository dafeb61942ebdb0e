/** Something to release when the extension ends. An interface, unlike VS Code's own class. */
export interface Disposable {
  readonly dispose: () => void;
}
