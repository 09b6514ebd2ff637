import { createServer, type Server } from "node:http";
import { servedIndex } from "../../reports/served-index.ts";
import { counted } from "../counted.ts";
import { pipelineName } from "../protocol/pipeline-name.ts";
import { answer, servedEditions } from "../publish/edition-server.ts";
import { UserError } from "../user-error.ts";

const LOOPBACK = "127.0.0.1";

/**
 * Serves editions on this machine until it is interrupted.
 * @throws UserError where there is nothing to serve, or the port can't be used
 */
export async function serveEditions(
  pipeline: string | undefined,
  { port, out }: { readonly port: string; readonly out: string },
  write: (text: string) => void,
): Promise<void> {
  const only = pipeline === undefined ? undefined : pipelineName(pipeline);
  const wanted = /^\d{1,5}$/.test(port) ? Number(port) : Number.NaN;
  if (!(wanted <= 65535)) throw new UserError([`--port: '${port}' is not a port (expected 0 to 65535)`]);
  const editions = servedEditions(out, only);
  if (editions.length === 0)
    throw new UserError([
      `${out}: no edition${only === undefined ? "" : ` of ${only}`} stands there; publish one with \`duo-impact run\``,
    ]);
  const server = createServer((request, response) => {
    const { method = "", url = "/", headers } = request;
    const { status, headers: own, body } = answer(out, { method, url, host: headers.host }, servedIndex, only);
    response.writeHead(status, { ...own, "Content-Length": Buffer.byteLength(body) });
    response.end(method === "HEAD" ? undefined : body);
  });
  const address = await listening(server, wanted);
  write(`${counted(editions.length, "edition")} at http://${LOOPBACK}:${address}/ (Ctrl-C ends)\n`);
  await ended(server);
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE" || error.code === "EACCES"
          ? new UserError([`--port: ${port} can't be used (${error.code}); choose another, or 0 for any that is free`])
          : error,
      ),
    );
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Until somebody interrupts. */
function ended(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      server.closeAllConnections();
      server.close(() => resolve());
    };
    process.once("SIGINT", end).once("SIGTERM", end);
  });
}
