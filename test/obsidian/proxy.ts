/** A request that the page sends through its server. */
export interface ProxyRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly base64: string | null;
}

export type ProxyAnswer =
  | { readonly status: number; readonly headers: Record<string, string>; readonly base64: string }
  | { readonly error: string };
