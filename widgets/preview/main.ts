// The page /preview of development: any widget with any fixture, in any kind of host.

import { Frame } from "../host/main.ts";

Object.assign(globalThis, { Frame });
