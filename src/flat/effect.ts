import { sqlOf } from "../catalogue/catalogue.ts";
import { FLAT } from "../catalogue/flat.ts";
import type { SqlEngine } from "../engine/engine.ts";
import type { DeletedSums } from "../evaluate/delete-one-person.ts";
import { armMeans, type Effect, type SeType } from "../evaluate/effect.ts";
import { type ErrorInputs, effectWith } from "../evaluate/effect-errors.ts";

/** The effect of a match with the error asked for. CR3 asks the engine once more, with weights laid beside the rows. */
export async function tableEffect(error: SeType, engine: SqlEngine, inputs: ErrorInputs): Promise<Effect> {
  return effectWith(error, error === "CR3" ? { ...inputs, deleted: await deletedSums(engine, inputs) } : inputs);
}

async function deletedSums(engine: SqlEngine, { sample, settings }: ErrorInputs): Promise<DeletedSums> {
  const means = armMeans(sample, settings.within);
  const [row] = await engine.rows(sqlOf(FLAT.deleted_sums), {
    mean_treated: means.mean[0] ?? 0,
    mean_control: means.mean[1] ?? 0,
    weight_treated: means.weight[0] ?? 0,
    weight_control: means.weight[1] ?? 0,
  });
  return { tt: Number(row?.tt), cc: Number(row?.cc), tc: Number(row?.tc), wholeArm: Number(row?.whole_arm) };
}
