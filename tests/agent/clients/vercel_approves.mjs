// Asks the chat through the `ai` package's own chat, decides what it is asked, and prints the message that came of both answers.
import { AbstractChat, DefaultChatTransport, lastAssistantMessageIsCompleteWithApprovalResponses } from "ai";

const [url, question, decision] = process.argv.slice(2);

class State {
  messages = [];
  status = "ready";
  error = undefined;
  pushMessage = (message) => { this.messages = [...this.messages, message]; };
  popMessage = () => { this.messages = this.messages.slice(0, -1); };
  replaceMessage = (index, message) => { this.messages = this.messages.with(index, message); };
  snapshot = (thing) => structuredClone(thing);
}

class Chat extends AbstractChat {}

const errors = [];
let answers = 0;
let answered;
const next = () => new Promise((resolve) => { answered = resolve; });
const chat = new Chat({
  state: new State(),
  transport: new DefaultChatTransport({ api: `${url}/api/v1/chat` }),
  sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
  onError: (error) => { errors.push(String(error)); answered?.(); },
  onFinish: () => { answers += 1; answered?.(); },
});
await chat.sendMessage({ text: question });
const asked = structuredClone(chat.messages);
const { approval } = asked.at(-1).parts.find((part) => part.state === "approval-requested");
const done = next();
await chat.addToolApprovalResponse({ id: approval.id, approved: decision === "approve", reason: decision === "approve" ? undefined : decision });
await done;
console.log(JSON.stringify({ asked, messages: chat.messages, errors, answers }));
