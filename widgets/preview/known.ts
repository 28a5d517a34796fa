// What our server tells the preview: the widgets, their tools as hosts see them, and answers to play.

import type { CallToolResult } from "@modelcontextprotocol/client";

/** What the list of tools says of one. */
export interface Listed {
  readonly title: string;
  readonly reads: boolean;
  /** Whether it is on the server for staff. */
  readonly admin: boolean;
  readonly meta: Readonly<Record<string, unknown>> & { readonly ui?: { readonly visibility?: readonly string[] } };
}

export interface Case {
  readonly tool: string;
  readonly arguments: Record<string, unknown>;
  readonly result: CallToolResult;
}

export interface Known {
  readonly widgets: Readonly<Record<string, { readonly title: string; readonly calls: readonly string[] }>>;
  readonly tools: Readonly<Record<string, Listed>>;
  readonly cases: Readonly<Record<string, Readonly<Record<string, Case>>>>;
  readonly answers: Readonly<Record<string, CallToolResult>>;
  /** By tool, what is answered instead: for whoever tries something out in the console. */
  instead?: Record<string, CallToolResult>;
}

export const known = async (): Promise<Known> => (await fetch("/preview/cases.json")).json() as Promise<Known>;
