import { defineConfig } from "vitest/config";

const project = (name: string, folders: readonly string[], testTimeout: number) => ({
  extends: true as const,
  test: {
    name,
    include: folders.map((folder) => `test/${folder}/**/*.test.ts`),
    testTimeout,
    hookTimeout: testTimeout,
  },
});

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    reporters: ["default", "json"],
    outputFile: { json: "out/test-report.json" },
    projects: [
      project("fast", ["unit", "queries", "reference", "property"], 60_000),
      project("whole", ["golden", "browser"], 180_000),
      project("slow", ["slow"], 1_800_000),
    ],
  },
});
