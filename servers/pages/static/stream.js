// Asking the server: a question or decisions out, events of the Vercel AI stream in.

import { meet, proof } from "./person.js";

export class Refusal extends Error {
  constructor({ code = "", message = "" }, status) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

// Yields the events of the answer. Throws a Refusal with the server's own sentence when it takes no question.
// `did` is what the person has done beside the conversation since the last one.
export async function* ask(id, questions, did, signal) {
  const messages = questions.map((text, index) => ({ id: `${id}-${index}`, role: "user", parts: [{ type: "text", text }] }));
  if (did.length > 0) messages.at(-1).parts.push({ type: "data-did", data: did });
  yield* said(JSON.stringify({ id, trigger: "submit-message", messages }), signal);
}

// Goes on with an answer that waited: each decision is { id, approved, reason }. Nothing else of it is sent; the server keeps it.
export async function* decide(id, decisions, signal) {
  const parts = decisions.map((approval) => ({ type: "tool-decided", toolCallId: approval.id, state: "approval-responded", approval }));
  const messages = [{ id: `${id}-decided`, role: "assistant", parts }];
  yield* said(JSON.stringify({ id, trigger: "submit-message", messages }), signal);
}

async function* said(body, signal) {
  let response = await post("/api/v1/chat", body, signal);
  if (response.status === 401 || response.status === 403) {
    // Somebody has signed in or out in another tab since this page was loaded.
    await meet();
    response = await post("/api/v1/chat", body, signal);
  }
  if (!response.ok) throw new Refusal(await refused(response), response.status);
  yield* events(response.body);
}

const post = (path, body, signal) => fetch(path, {
  method: "POST", headers: { "Content-Type": "application/json", Accept: "text/event-stream", ...proof() }, body, signal,
});

async function refused(response) {
  try {
    return (await response.json()).error;
  } catch {
    return {};
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split(/\r?\n/).filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart()).join("\n");
      if (data === "[DONE]") return;
      if (data) yield JSON.parse(data);
    }
  }
}
