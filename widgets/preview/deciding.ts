// Tickets in the fixtures: what is answered once somebody confirms or declines one.

import type { CallToolResult } from "@modelcontextprotocol/client";
import type { Known } from "./known.ts";

type Preview = Record<string, unknown> & { ticket: string; tool: string };

/** The answer to `confirm_action` or `decline_action`, about the very ticket that was shown; null for other tools. */
export function decided(known: Known, name: string, given: Record<string, unknown>): CallToolResult | null {
  if (name !== "confirm_action" && name !== "decline_action") return null;
  const preview = previews(known).find(({ ticket }) => ticket === given["ticket"]);
  if (!preview) return null;
  const done = name === "confirm_action";
  const action = {
    preview,
    state: done ? "done" : "declined",
    decided_at: new Date().toISOString(),
    reason: given["reason"] ?? null,
    answer: done ? (known.answers[preview.tool]?.structuredContent ?? null) : null,
  };
  return { content: [{ type: "text", text: done ? "It was done." : "It was declined." }], structuredContent: action };
}

function previews(known: Known): Preview[] {
  const cases = Object.values(known.cases).flatMap((each) => Object.values(each));
  const answers = [...cases.map(({ result }) => result), ...Object.values(known.answers)].map(({ structuredContent }) => structuredContent);
  return answers.flatMap((answer) => [answer, (answer as { preview?: unknown } | undefined)?.preview]).filter(isPreview);
}

const isPreview = (answer: unknown): answer is Preview => typeof answer === "object" && answer !== null && "ticket" in answer && "confirm_url" in answer;
