import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import { KEYS_FILE, keysText } from "./keys-file.ts";
import { messageKeys } from "./messages.ts";

/* `npm run keys`: run after a message was added to reports/messages, so that the type check knows it. */

writeFileSync(join(packageRoot(), KEYS_FILE), keysText(messageKeys("en")));
