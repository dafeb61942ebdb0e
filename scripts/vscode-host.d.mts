export type HostName = 'current' | 'oldest';

export interface VscodeHost {
  readonly name: HostName;
  /** Of VS Code. */
  readonly version: string;
  /** Path of the Node that runs it. */
  readonly node: string;
  /** Path of the script that starts it. */
  readonly entry: string;
  readonly folder: string;
}

export declare const hostNames: readonly HostName[];
export declare function vscodeHost(name: HostName): VscodeHost;
