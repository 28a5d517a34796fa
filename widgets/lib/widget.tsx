// A widget from its first moment to its last: waits for the answer of its tool, shows it, and says what went wrong.

import type { CallToolResult } from "@modelcontextprotocol/client";
import { type ComponentType, render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type ToolName, type Tools, WRITES } from "../types/tools.ts";
import { SHOWS, type WidgetName, type Widgets } from "../types/widgets.ts";
import "./base.css";
import { type Answer, type Call, type Given, type Refusal, UNREADABLE, UNREACHABLE, caller, outcome } from "./client.ts";
import { type Context, type Host, connect } from "./host.ts";
import { Cancelled, Homeless, Loading, Offline, Refused, TextOnly } from "./states.tsx";
import { speak } from "./words.ts";

/** An answer to show, with the tool that gave it and what was asked. */
export type Shown<N extends ToolName> = N extends ToolName
  ? { readonly tool: N; readonly input: Given<N>; readonly answer: Answer<N>; readonly meta: Readonly<Record<string, unknown>> }
  : never;

/** What every view gets beside its answer. */
export interface Reach {
  readonly host: Host;
  readonly context: Context;
  readonly call: Call;
}

export type View<W extends WidgetName> = ComponentType<{ shown: Shown<Widgets[W]>; reach: Reach }>;

type State<W extends WidgetName> =
  | { kind: "loading" }
  | { kind: "shown"; shown: Shown<Widgets[W]> }
  | { kind: "refused"; refusal: Refusal }
  | { kind: "text"; text: string }
  | { kind: "cancelled" }
  | { kind: "homeless" };

/** Where an answer says which tool gave it: not every host does. */
const TOOL = "360ghar.com/tool";

/** The call that gives an answer again of which only the text is left; null where the text does not say it. */
export type Recall<W extends WidgetName> = (text: string) => { readonly tool: Widgets[W] & ToolName; readonly given: Record<string, unknown> } | null;

/** Runs a widget in this document. Reads are asked again by themselves where a host leaves out their answer. */
export function widget<W extends WidgetName>(name: W, view: View<W>, recall: Recall<W> = () => null): void {
  const root = document.createElement("main");
  root.tabIndex = -1;
  document.body.append(root);
  const running = new Running(name, view, recall, root);
  void running.start();
}

class Running<W extends WidgetName> {
  #state: State<W> = { kind: "loading" };
  #context: Context | null = null;
  #host: Host | null = null;
  #input: Record<string, unknown> = {};
  #early: CallToolResult | null = null;
  #turn = 0;
  readonly #call: Call = caller(() => this.#host as Host);
  readonly #name: W;
  readonly #view: View<W>;
  readonly #recall: Recall<W>;
  readonly #root: HTMLElement;
  readonly #watch = new ResizeObserver(() => this.#resize());

  constructor(name: W, view: View<W>, recall: Recall<W>, root: HTMLElement) {
    this.#name = name;
    this.#view = view;
    this.#recall = recall;
    this.#root = root;
  }

  async start(): Promise<void> {
    this.#paint();
    try {
      this.#host = await connect(this.#name, {
        input: (given) => {
          this.#input = given;
        },
        result: (result) => void this.#take(result),
        cancelled: () => this.#become({ kind: "cancelled" }),
        context: (context) => this.#adopt(context),
        leaving: () => this.#leave(),
      });
    } catch {
      this.#become({ kind: "homeless" });
      return;
    }
    this.#adopt(this.#host.context);
    this.#watch.observe(this.#root);
    if (this.#early) await this.#take(this.#early);
  }

  async #take(result: CallToolResult): Promise<void> {
    if (!this.#host) {
      this.#early = result;
      return;
    }
    this.#turn++;
    const tool = this.#tool(result._meta);
    const heard = outcome(tool, result);
    if (heard.ok) this.#show(tool, heard.answer, heard.meta);
    else if (heard.refusal.code === UNREADABLE) await this.#recover(tool, heard.refusal.message);
    else this.#become({ kind: "refused", refusal: heard.refusal });
  }

  /** Some hosts leave out the structured answer. A read can be asked again; else its text has to do. */
  async #recover(tool: Widgets[W] & ToolName, text: string): Promise<void> {
    const turn = ++this.#turn;
    const asked = this.#recall(text) ?? (WRITES.includes(tool) ? null : { tool, given: this.#input });
    const again = asked && (await this.#call(asked.tool, asked.given as Given<typeof tool>));
    // Something newer was told meanwhile.
    if (turn !== this.#turn) return;
    if (again?.ok) this.#show(asked?.tool ?? tool, again.answer, again.meta);
    else if (again && (again.refusal.code === UNREACHABLE ? !navigator.onLine : !text)) this.#become({ kind: "refused", refusal: again.refusal });
    else this.#become({ kind: "text", text });
  }

  /** A way to ask again, of what changes nothing. */
  #retries(): (() => void) | null {
    return WRITES.includes(this.#tool()) ? null : () => void this.#retry();
  }

  async #retry(): Promise<void> {
    const turn = ++this.#turn;
    const tool = this.#tool();
    const again = await this.#call(tool, this.#input as Given<typeof tool>);
    if (turn !== this.#turn) return;
    if (again.ok) this.#show(tool, again.answer, again.meta);
    else this.#become({ kind: "refused", refusal: again.refusal });
    // What was pressed is gone.
    if (again.ok) this.#root.focus();
  }

  /** The tool that answered, as the answer, the host, or the only possibility says. */
  #tool(meta: Readonly<Record<string, unknown>> = {}): Widgets[W] & ToolName {
    const shows = SHOWS[this.#name] as readonly (Widgets[W] & ToolName)[];
    const named = shows.find((each) => each === meta[TOOL]) ?? shows.find((each) => each === this.#host?.context.tool);
    return named ?? (shows[0] as Widgets[W] & ToolName);
  }

  #show(tool: ToolName, answer: Tools[ToolName]["gives"], meta: Readonly<Record<string, unknown>>): void {
    this.#become({ kind: "shown", shown: { tool, input: this.#input, answer, meta } as unknown as Shown<Widgets[W]> });
  }

  #become(state: State<W>): void {
    this.#state = state;
    this.#paint();
  }

  #adopt(context: Context): void {
    this.#context = context;
    speak(context.language);
    const page = document.documentElement;
    page.lang = context.language;
    page.dataset["theme"] = context.theme;
    page.dataset["mode"] = context.mode;
    for (const [variable, value] of Object.entries(context.variables)) page.style.setProperty(variable, value);
    for (const [side, inset] of Object.entries(context.insets)) page.style.setProperty(`--inset-${side}`, `${inset}px`);
    this.#paint();
  }

  #resize(): void {
    this.#host?.resize(Math.ceil(this.#root.getBoundingClientRect().height));
  }

  #leave(): void {
    this.#watch.disconnect();
    render(null, this.#root);
  }

  #paint(): void {
    render(<Stage name={this.#name} state={this.#state} view={this.#view} reach={this.#reach()} retry={this.#retries()} />, this.#root);
  }

  #reach(): Reach | null {
    return this.#host && this.#context ? { host: this.#host, context: this.#context, call: this.#call } : null;
  }
}

interface StageProps<W extends WidgetName> {
  name: W;
  state: State<W>;
  view: View<W>;
  reach: Reach | null;
  retry: (() => void) | null;
}

function Stage<W extends WidgetName>({ name, state, view: Show, reach, retry }: StageProps<W>) {
  const online = useOnline();
  if (state.kind === "homeless") return <Homeless />;
  if (!reach || state.kind === "loading") return <Loading of={name} />;
  if (state.kind === "cancelled") return <Cancelled />;
  if (state.kind === "text") return <TextOnly text={state.text} />;
  if (state.kind === "refused") {
    const again = retry ? { retry } : {};
    return state.refusal.code === UNREACHABLE && !online ? <Offline {...again} /> : <Refused whole refusal={state.refusal} reach={reach} {...again} />;
  }
  return (
    <>
      {!online && <Offline />}
      <Show shown={state.shown} reach={reach} />
    </>
  );
}

/** Whether this device is on a network. */
export function useOnline(): boolean {
  const [online, set] = useState(navigator.onLine);
  useEffect(() => {
    const changed = () => set(navigator.onLine);
    addEventListener("online", changed);
    addEventListener("offline", changed);
    return () => {
      removeEventListener("online", changed);
      removeEventListener("offline", changed);
    };
  }, []);
  return online;
}
