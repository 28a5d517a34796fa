// Asks the chat through `@ag-ui/client`, which checks every event, and prints the messages that it made of the stream.
import { HttpAgent } from "@ag-ui/client";

const [url, question] = process.argv.slice(2);
const agent = new HttpAgent({ url: `${url}/api/v1/chat/ag-ui`, threadId: "thread" });
agent.messages = [{ id: "1", role: "user", content: question }];
const events = [];
const errors = [];
await agent.runAgent({ runId: "run" }, {
  onEvent: ({ event }) => { events.push(event.type); },
  onRunErrorEvent: ({ event }) => { errors.push(event.message); },
  onRunFailed: ({ error }) => { errors.push(String(error)); },
}).catch((error) => errors.push(String(error)));
console.log(JSON.stringify({ messages: agent.messages, events, errors }));
