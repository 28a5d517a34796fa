// Lets the bridge check messages without compiling its schemas: our pages forbid code that is made from text, and say so
// in the console of whoever tries.

import { config } from "zod/v4/core";

config({ jitless: true });
