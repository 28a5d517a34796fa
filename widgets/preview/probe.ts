// No widget, but what every widget stands on, open to the console: the connection, and what came over it.

import { type Call, caller } from "../lib/client.ts";
import { type Events, type Host, connect } from "../lib/host.ts";
import { Connection } from "../lib/protocol.ts";

const heard: [string, unknown][] = [];
const hear = (kind: string) => (about?: unknown): void => void heard.push([kind, about]);

const events: Events = {
  input: hear("input"), result: hear("result"), cancelled: hear("cancelled"), context: hear("context"), leaving: hear("leaving"),
};

class Probe {
  readonly heard = heard;
  readonly Connection = Connection;
  host: Host | null = null;
  readonly call: Call = caller(() => {
    if (!this.host) throw new Error("Not connected yet.");
    return this.host;
  });

  async start(): Promise<void> {
    try {
      this.host = await connect("probe", events);
      this.host.resize(120);
    } catch (error) {
      hear("homeless")(String(error));
    }
  }
}

const probe = new Probe();
Object.assign(globalThis, { probe });
void probe.start();
