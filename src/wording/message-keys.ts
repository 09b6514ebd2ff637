import type { EveryMessageKey } from "./every-message-key.ts";

/** A message that stands in `reports/messages`: one that doesn't fails the type check. */
export type MessageKey = EveryMessageKey;

/** What leads to messages: `investor.payment` of `investor.payment.title`. */
export type MessageFamily<Key extends string = MessageKey> = Key extends `${infer First}.${infer Rest}`
  ? First | `${First}.${MessageFamily<Rest>}`
  : never;

/** The messages of a family by what follows its name. */
export type KeyUnder<Family extends MessageFamily> = MessageKey extends infer Key
  ? Key extends `${Family}.${infer Rest}`
    ? Rest
    : never
  : never;
