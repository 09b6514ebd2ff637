import { z } from "zod";

/** When `schedule` runs a pipeline, and whom a run tells how it ended: no result depends on either. */
export const scheduleSchema = z
  .strictObject({
    cron: z.string().min(1).describe("Minute, hour, day of the month, month, day of the week, e.g. `0 3 * * *`"),
    timezone: z.string().min(1).optional().describe("Where the hour is meant, e.g. Europe/Brussels; by default here"),
    jitter: z
      .int()
      .min(0)
      .max(86_400)
      .default(0)
      .describe("Seconds over which runs are spread, so that they don't all begin at once"),
    seed: z
      .string()
      .min(1)
      .optional()
      .describe("Fixes how much of the jitter each run waits; by default the machine's name"),
  })
  .describe("When `duo-impact schedule` runs this pipeline");

export const notifySchema = z
  .strictObject({
    command: z
      .array(z.string().min(1))
      .min(1)
      .describe("Program and arguments, started in the project folder with the run's record as JSON on its input"),
    on: z
      .array(z.enum(["success", "failure"]))
      .min(1)
      .default(["success", "failure"]),
    timeout: z.int().min(1).max(3600).default(60).describe("Seconds after which the command is ended"),
  })
  .describe("A command that is told how a run ended; whatever becomes of it, the run's result stays what it is");

export type ScheduleChoice = z.infer<typeof scheduleSchema>;
/**
 * `notify:` of a pipeline's YAML, defaults filled in; the timeout is in seconds. The command is started without a
 * shell.
 */
export type Notify = z.infer<typeof notifySchema>;
