// An MCP host on the official TypeScript SDK: it reads the list of tools, whose schemas it then holds answers to.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [url, token, tool, given] = process.argv.slice(2);
const transport = new StreamableHTTPClientTransport(new URL(url), {
  requestInit: { headers: { authorization: `Bearer ${token}` } },
});
const client = new Client({ name: "a TypeScript host", version: "1" });
await client.connect(transport);
const { tools } = await client.listTools();
const answer = await client.callTool({ name: tool, arguments: JSON.parse(given) });
console.log(JSON.stringify({ schema: tools.find((each) => each.name === tool).outputSchema, answer }));
process.exit(0);
