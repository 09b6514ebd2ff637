import { defineConfig } from "vitest/config";

const project = (name: string, folders: readonly string[], testTimeout: number, more: object = {}) => ({
  extends: true as const,
  test: {
    name,
    ...more,
    setupFiles: "test/support/temporary.ts",
    include: folders.map((folder) => `test/${folder}/**/*.test.ts`),
    testTimeout,
    hookTimeout: testTimeout,
  },
});

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    // one worker a core: by default vitest leaves a core free, and runs file by file where there are two
    maxWorkers: "100%",
    reporters: ["default", "json"],
    outputFile: { json: "out/test-report.json" },
    projects: [
      // these files load the same modules again and again, and leave nothing behind in them
      project("fast", ["unit", "queries", "reference", "property"], 120_000, { isolate: false }),
      project("whole", ["golden", "browser"], 300_000, { globalSetup: "test/support/shared-folder.ts" }),
      project("slow", ["slow"], 1_800_000, { globalSetup: "test/support/shared-folder.ts" }),
    ],
  },
});
