import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedFile {
  readonly type: string;
  readonly body: string | Buffer;
}

export interface FileServer {
  /** Without a trailing slash. */
  readonly origin: string;
  /** The requested paths, in order. */
  readonly asked: readonly string[];
  close(): void;
}

/** A server on loopback. @param find returns the file at a path, or null */
export async function serveFiles(find: (path: string) => ServedFile | null): Promise<FileServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    asked.push(path);
    const file = find(path);
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
