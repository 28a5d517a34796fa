// A strict host of MCP Apps, on the official bridge: no frame is seen before it shook hands as the protocol says.

import { AppBridge, PostMessageTransport } from "@modelcontextprotocol/ext-apps/app-bridge";
import type { McpUiHostCapabilities, McpUiHostContext } from "@modelcontextprotocol/ext-apps/app-bridge";
import type { CallToolResult } from "@modelcontextprotocol/client";
import { type Params, Problem } from "./answering.ts";
import type { Choices } from "./choices.ts";
import { styles } from "./colours.ts";
import { type Ground, type Hosting, type Mode, displayed, framed, patience, problem, source, tall } from "./host.ts";

const ABLE: McpUiHostCapabilities = { openLinks: {}, serverTools: {}, message: { text: {} }, updateModelContext: { text: {}, structuredContent: {} } };

export class AppsHost implements Hosting {
  readonly ready: Promise<void>;
  readonly frame: HTMLIFrameElement;
  readonly bridge: AppBridge;
  readonly #ground: Ground;
  #choices: Choices;
  #mode: Mode;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#choices = ground.choices;
    this.#mode = ground.choices.mode;
    this.bridge = new AppBridge(null, { name: "Strict host", version: "1" }, ABLE, { hostContext: this.#context() });
    this.frame = framed(ground);
    this.#listen();
    const shaken = this.#shaken();
    this.ready = this.#open().then(() => shaken).then(() => this.#show());
    displayed(ground, this.#mode, () => this.#display("inline"));
  }

  change(choices: Choices): void {
    this.#choices = choices;
    this.bridge.setHostContext(this.#context());
  }

  result(result: CallToolResult): void {
    void this.bridge.sendToolResult(this.#kept(result, "stripping"));
  }

  async leave(): Promise<boolean> {
    const answered = await this.bridge.teardownResource({}, { timeout: 2_000 }).then(() => true, () => false);
    this.#ground.note(answered ? "teardown" : "failure", answered ? "answered" : "The widget did not answer that it is to go.");
    await this.bridge.close();
    this.frame.remove();
    return answered;
  }

  async #open(): Promise<void> {
    const view = this.frame.contentWindow;
    if (!view) throw new Error("The frame is not in the page.");
    await this.bridge.connect(new PostMessageTransport(view, view));
    this.frame.src = source(this.#choices);
  }

  #shaken(): Promise<void> {
    const { box, note } = this.#ground;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail("The widget never shook hands."), patience(this.#ground));
      const fail = (sentence: string): void => {
        clearTimeout(timer);
        note("failure", sentence);
        problem(box, sentence);
        reject(new Error(sentence));
      };
      this.bridge.oninitialized = () => {
        const app = this.bridge.getAppVersion();
        if (!app) return fail("The widget said that it is ready before it had asked anything.");
        clearTimeout(timer);
        note("handshake", { app, able: this.bridge.getAppCapabilities() });
        this.frame.style.visibility = "visible";
        resolve();
      };
    });
  }

  async #show(): Promise<void> {
    const { play, choices, note } = this.#ground;
    if (choices.state === "loading") await this.bridge.sendToolInputPartial({ arguments: play.given });
    else await this.bridge.sendToolInput({ arguments: play.given });
    if (choices.state === "cancelled") await this.bridge.sendToolCancelled({ reason: "The person stopped it." });
    else if (play.result) await this.bridge.sendToolResult(this.#kept(play.result, "stripping"));
    note("sent", play.result ?? choices.state);
  }

  #listen(): void {
    const { play, note } = this.#ground;
    this.bridge.oncalltool = (params) => this.#call(params);
    this.bridge.onsizechange = ({ height }) => {
      note("size", height);
      if (height !== undefined) tall(this.frame, height);
    };
    this.bridge.onopenlink = async ({ url }) => {
      note("open", url);
      return {};
    };
    this.bridge.onmessage = async (params) => {
      note("say", params);
      return {};
    };
    this.bridge.onupdatemodelcontext = async (params) => {
      note("tell", params);
      return {};
    };
    this.bridge.onrequestdisplaymode = async ({ mode }) => ({ mode: mode === "pip" ? this.#mode : this.#display(mode) });
    this.bridge.onrequestteardown = () => note("failure", `The widget for ${play.tool} asked to be taken away.`);
  }

  async #call(params: Params): Promise<CallToolResult> {
    const { known, note, play } = this.#ground;
    const visible = known.tools[params.name]?.meta.ui?.visibility ?? ["model", "app"];
    if (!known.tools[params.name] || !visible.includes("app")) {
      note("failure", `${params.name} is not for widgets.`);
      throw new Problem(`${params.name} is not for widgets.`, -32602, null);
    }
    return this.#kept(await play.call(params), "stripping-all");
  }

  /** A result as this host lets it through. */
  #kept(result: CallToolResult, from: "stripping" | "stripping-all"): CallToolResult {
    const { host } = this.#ground.choices;
    if (host !== from && host !== "stripping-all") return result;
    const { structuredContent: _, _meta: __, ...rest } = result;
    return rest;
  }

  #display(mode: Mode): Mode {
    this.#mode = mode;
    displayed(this.#ground, mode, () => this.#display("inline"));
    this.bridge.setHostContext(this.#context());
    return mode;
  }

  #context(): McpUiHostContext {
    const { theme, lang, colours } = this.#choices;
    const { play } = this.#ground;
    return {
      theme,
      locale: lang === "hi" ? "hi-IN" : "en-IN",
      timeZone: "Asia/Kolkata",
      displayMode: this.#mode,
      availableDisplayModes: ["inline", "fullscreen"],
      platform: "web",
      toolInfo: { id: 1, tool: { name: play.tool, inputSchema: { type: "object" } } },
      ...styles(colours),
    };
  }
}
