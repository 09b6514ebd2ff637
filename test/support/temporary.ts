import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/* Before each test file: a temporary folder of its own, for it and for the programs that it runs, removed after its last test. */

const outer = tmpdir();
const folder = mkdtempSync(join(outer, "duo-impact-tests-"));
// a database server that a test starts runs as another user, who has to get through
chmodSync(folder, 0o711);
process.env.TMPDIR = folder;
/** What files share, as an unpacked browser, stays where it is. */
process.env.DUO_IMPACT_TESTS_SHARE = outer;

afterAll(() => {
  process.env.TMPDIR = outer;
  rmSync(folder, { recursive: true, force: true });
});
