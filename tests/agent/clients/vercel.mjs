// Asks the chat through the `ai` package, as a web page would, and prints the message that it made of the stream.
import { DefaultChatTransport, readUIMessageStream } from "ai";

const [url, question] = process.argv.slice(2);
const transport = new DefaultChatTransport({ api: `${url}/api/v1/chat` });
const stream = await transport.sendMessages({
  chatId: "conversation",
  trigger: "submit-message",
  messageId: undefined,
  messages: [{ id: "1", role: "user", parts: [{ type: "text", text: question }] }],
  abortSignal: undefined,
});
let errors = [];
let message;
for await (const state of readUIMessageStream({ stream, onError: (error) => errors.push(String(error)) })) message = state;
console.log(JSON.stringify({ message, errors }));
