// The host around a widget, whichever it is: what it shows us, and what we can ask of it.

import type { CallToolResult } from "@modelcontextprotocol/client";
import { appsHost } from "./apps.ts";
import { chatGptHost, isChatGpt } from "./chatgpt.ts";

export type DisplayMode = "inline" | "fullscreen" | "pip";
export type Language = "en" | "hi";

/** What is the same in every host. */
export interface Context {
  readonly theme: "light" | "dark";
  readonly language: Language;
  readonly mode: DisplayMode;
  /** The modes that can be asked for; empty where the host has only one. */
  readonly modes: readonly DisplayMode[];
  readonly insets: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  /** CSS variables of the host's own style. */
  readonly variables: Readonly<Record<string, string>>;
  /** The tool whose answer is shown, where the host says so. */
  readonly tool: string | null;
  /** The page where a person signs in, where the host is a page of ours. */
  readonly signIn: string | null;
}

/** What a host tells a widget, in any order and as often as it likes. */
export interface Events {
  input(given: Record<string, unknown>): void;
  result(result: CallToolResult): void;
  cancelled(): void;
  context(context: Context): void;
  leaving(): void | Promise<void>;
}

export interface Host {
  readonly context: Context;
  /** Runs a tool. Rejects with a `HostError` where the host or the network fails. */
  call(name: string, given: Record<string, unknown>, meta?: Record<string, unknown>): Promise<CallToolResult>;
  /** Opens a page in a new tab; false where the host does not want to. */
  open(url: string): Promise<boolean>;
  /** Says something in the conversation, in the person's name; false where the host does not want to. */
  say(text: string): Promise<boolean>;
  /** Lets the model know what the person did. */
  tell(text: string, about?: Record<string, unknown>): Promise<void>;
  display(mode: DisplayMode): Promise<void>;
  /** The height that the content takes, in CSS pixels. */
  resize(height: number): void;
}

// ChatGPT answers within milliseconds where it speaks MCP Apps; where it does not, nobody should wait for long.
const BRIEFLY = 1_000;

/** Connects to the host. Rejects when there is none. ChatGPT has two bridges, and recommends the standard one. */
export const connect = (name: string, events: Events): Promise<Host> =>
  isChatGpt() ? appsHost(name, events, BRIEFLY).catch(() => chatGptHost(events)) : appsHost(name, events);

export const language = (locale: string | undefined): Language => (locale?.toLowerCase().startsWith("hi") ? "hi" : "en");
export const dark = (): boolean => matchMedia("(prefers-color-scheme: dark)").matches;
