import type { Check } from "./check.ts";
import { filesCheck } from "./files.ts";
import { orderCheck } from "./order.ts";
import { protocolCheck } from "./protocol.ts";
import { signatureCheck } from "./signature.ts";

/** Everything that `verify` compares, in the order in which it is told: one entry a check. */
export const CHECKS: readonly Check[] = [filesCheck, signatureCheck, protocolCheck, orderCheck];
