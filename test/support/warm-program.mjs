// Runs commands one after the other as they are asked for: each evaluates the program anew, on modules that stay loaded.
const program = new URL("../../dist/src/cli.js", import.meta.url);
const STREAMS = ["stdout", "stderr"];
const own = { ...process.env };
let commands = 0;

process.on("message", async ({ args, cwd, env }) => {
  const said = { stdout: "", stderr: "" };
  const writes = STREAMS.map((name) => process[name].write);
  for (const name of STREAMS)
    process[name].write = (text) => {
      said[name] += text;
      return true;
    };
  process.chdir(cwd);
  process.env = { ...own, ...env };
  process.argv = [process.execPath, program.pathname, ...args];
  process.exitCode = undefined;
  await import(`${program.href}?${commands++}`);
  const status = process.exitCode ?? 0;
  process.exitCode = undefined;
  process.stdout.removeAllListeners("error");
  for (const [i, name] of STREAMS.entries()) process[name].write = writes[i];
  process.send({ status, ...said });
});
process.on("disconnect", () => process.exit());
process.send("ready");
