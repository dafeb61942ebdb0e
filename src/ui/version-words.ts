/** The text of a switch between versions, in one language. */
export interface VersionWords {
  readonly previousVersion: string;
  readonly nextVersion: string;
  readonly version: (current: number, count: number) => string;
}
