// Prints "N passed, N failed" (and skipped) from vitest's JSON report; fails when no test ran or one failed.
import { readFileSync } from "node:fs";

const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
const skipped = report.numPendingTests + (report.numTodoTests ?? 0);
if (report.numPassedTests + report.numFailedTests === 0) {
  process.stderr.write("no test ran\n");
  process.exit(1);
}
process.stdout.write(`${report.numPassedTests} passed, ${report.numFailedTests} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
process.exit(report.success && report.numFailedTests === 0 ? 0 : 1);
