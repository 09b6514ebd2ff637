import type { ReportInput } from "../report-input.ts";

export type ChoiceName = "method" | "covariates" | "reuse" | "index" | "error";

/** One declared specification in words. */
export interface DeclaredSpecification {
  readonly name: string;
  readonly primary: boolean;
  /** Equal for specifications that estimate the same thing. */
  readonly estimandKey: string;
  readonly estimand: string;
  /** Names of the options that it holds. */
  readonly choices: Readonly<Record<ChoiceName, readonly string[]>>;
}

type Evaluation = ReportInput["pipeline"]["evaluation"];
type Alternative = Partial<Evaluation["sensitivity"][number]>;

/** The primary specification and its alternatives, what is left out filled in from the primary one. */
export function declaredSpecifications(input: ReportInput): readonly DeclaredSpecification[] {
  const { evaluation } = input.pipeline;
  const primary: Alternative = { name: evaluation.specification };
  return [primary, ...evaluation.sensitivity].map((one) => ({
    name: one.name ?? "",
    primary: one === primary,
    ...estimandOf(input, one),
    choices: choicesOf(input, one),
  }));
}

/** What is estimated: the outcome, its window and the people. */
function estimandOf({ messages, pipeline }: ReportInput, one: Alternative) {
  const { outcome } = pipeline.evaluation;
  const { definition = outcome.definition, after = outcome.after } = one;
  const people = [one.eligibility, one.exclude, one.participants === "all" ? "all" : undefined];
  const hasOwnPeople = people.some((part) => part !== undefined);
  const text = messages.text("investor.specifications.window", {
    name: messages.text(`definition.${definition}.name`),
    after,
  });
  return {
    estimandKey: JSON.stringify([definition, after, people]),
    estimand: hasOwnPeople ? messages.text("investor.specifications.population", { text }) : text,
  };
}

function choicesOf({ messages, pipeline }: ReportInput, one: Alternative): DeclaredSpecification["choices"] {
  const { cohorts, effect, matching } = pipeline.evaluation;
  const own = one.matching ?? matching;
  const text = (choice: "methods" | "reuse" | "index" | "error", option: string): string =>
    messages.named(`investor.specifications.${choice}`, option);
  const method = "relax" in own && own.relax.length > 0 ? "relaxed" : own.method;
  return {
    method: [text("methods", method)],
    covariates: covariatesOf(own).map((name) => messages.named("covariate", name)),
    reuse: [text("reuse", one.reuse ?? matching.reuse)],
    index: [text("index", one.index ?? cohorts.index)],
    error: [text("error", one.error ?? effect.error)],
  };
}

/** Every covariate that a method names, each once. */
function covariatesOf(matching: object): readonly string[] {
  const lists = ["on", "covariates"].flatMap((key) =>
    key in matching ? [matching[key as keyof typeof matching]] : [],
  );
  const cut = "cutpoints" in matching ? Object.keys(matching.cutpoints ?? {}) : [];
  return [...new Set([...(lists.flat() as string[]), ...cut])];
}
