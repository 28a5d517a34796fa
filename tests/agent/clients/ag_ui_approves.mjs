// Asks the chat through `@ag-ui/client`, decides what interrupts it, and prints what came of both runs.
import { HttpAgent, buildResumeArray } from "@ag-ui/client";

const [url, question, decision] = process.argv.slice(2);
const agent = new HttpAgent({ url: `${url}/api/v1/chat/ag-ui`, threadId: "thread" });
agent.messages = [{ id: "1", role: "user", content: question }];
const errors = [];
const heard = { onRunErrorEvent: ({ event }) => { errors.push(event.message); }, onRunFailed: ({ error }) => { errors.push(String(error)); } };
const run = (runId, more) => agent.runAgent({ runId, ...more }, heard).catch((error) => errors.push(String(error)));
await run("first");
const interrupts = structuredClone(agent.pendingInterrupts);
const payload = decision === "approve" ? { approved: true } : { approved: false, reason: decision };
const said = Object.fromEntries(interrupts.map(({ id }) => [id, { status: "resolved", payload }]));
await run("second", { resume: buildResumeArray(interrupts, said) });
console.log(JSON.stringify({ interrupts, left: agent.pendingInterrupts, messages: agent.messages, errors }));
