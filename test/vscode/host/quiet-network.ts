/** Chromium flags that make the lookup of any other host fail immediately. */
export const QUIET_NETWORK: readonly string[] = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];
