import { ESF_CODES } from "../src/indicators/esf-codes.ts";
import type { Messages } from "../src/wording/messages.ts";

/** What a data dictionary says of a metric of the programme's year. */
interface MetricWords {
  readonly title: string;
  /** One or two sentences: what is counted, of whom, by which rule. */
  readonly text: string;
}

/**
 * Title and description of a metric of the programme, its questionnaires, the ESF+ or its costs, as `metric` of the
 * metrics files names it.
 * @throws Error where the messages have no words for it
 */
export function metricWords(metric: string, messages: Messages): MetricWords {
  const esf = ESF_CODES.find(({ code }) => code.toLowerCase() === metric);
  if (esf === undefined)
    return { title: messages.named("metric", `${metric}.title`), text: messages.named("metric", `${metric}.text`) };
  const values = { code: esf.code, verify: esf.toVerify ? "yes" : "no" };
  return { title: esf.title[messages.language], text: messages.text("metric.esf_indicator.text", values) };
}
