/** Chromium's flags by which a look for any other host fails at once. */
export const QUIET_NETWORK: readonly string[] = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];
