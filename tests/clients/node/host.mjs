// An MCP host on the official TypeScript SDK: it finds the house's sign-in by itself, registers, sends a person to
// sign in (one JSON line each way), calls a member's tool, renews its token, and gives its sign-in back.
import { createInterface } from "node:readline/promises";
import { discoverOAuthServerInfo, refreshAuthorization } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [serverUrl, tool, method] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const say = (what) => console.log(JSON.stringify(what));
const kept = {};
const host = {
  redirectUrl: "http://127.0.0.1:53682/callback",
  clientMetadata: {
    client_name: "A TypeScript host",
    redirect_uris: ["http://127.0.0.1:53682/callback"],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: method,
  },
  state: () => "the host's own state",
  clientInformation: () => kept.client,
  saveClientInformation: (client) => { kept.client = client; },
  tokens: () => kept.tokens,
  saveTokens: (tokens) => { kept.tokens = tokens; },
  redirectToAuthorization: (url) => { kept.authorization = String(url); },
  saveCodeVerifier: (verifier) => { kept.verifier = verifier; },
  codeVerifier: () => kept.verifier,
};

const connected = async () => {
  const transport = new StreamableHTTPClientTransport(new URL(serverUrl), { authProvider: host });
  const client = new Client({ name: "a TypeScript host", version: "1" });
  await client.connect(transport);
  return { client, transport };
};
const signIn = async (transport) => {
  say({ open: kept.authorization });
  const { value } = await lines.next();
  const { callback } = JSON.parse(value);
  const told = new URL(callback).searchParams;
  if (told.get("state") !== "the host's own state") throw new Error("another state came back");
  await transport.finishAuth(told.get("code"));
};
const call = async ({ client }) => (await client.callTool({ name: tool, arguments: {} })).structuredContent;

const transport = new StreamableHTTPClientTransport(new URL(serverUrl), { authProvider: host });
const guest = new Client({ name: "a TypeScript host", version: "1" });
try {
  await guest.connect(transport);
  await guest.callTool({ name: tool, arguments: {} });
  throw new Error("no sign-in was asked for");
} catch (error) {
  if (error.name !== "UnauthorizedError" && error.constructor.name !== "UnauthorizedError") throw error;
}
await signIn(transport);
const first = await connected();
const told = { answer: await call(first) };

const { authorizationServerUrl, authorizationServerMetadata: metadata, resourceMetadata } =
  await discoverOAuthServerInfo(serverUrl);
const before = kept.tokens;
kept.tokens = await refreshAuthorization(authorizationServerUrl, {
  metadata, clientInformation: kept.client, refreshToken: before.refresh_token, resource: resourceMetadata.resource,
});
told.renewed = kept.tokens.access_token !== before.access_token && kept.tokens.refresh_token !== before.refresh_token;
told.again = await call(first);

const form = new URLSearchParams({ token: kept.tokens.refresh_token, client_id: kept.client.client_id });
if (kept.client.client_secret) form.set("client_secret", kept.client.client_secret);
told.revoked = (await fetch(metadata.revocation_endpoint, { method: "POST", body: form })).status;
const refused = await fetch(serverUrl, {
  method: "POST",
  headers: {
    authorization: `Bearer ${kept.tokens.access_token}`,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
  },
  body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: tool, arguments: {} } }),
});
told.afterwards = refused.status;
told.client = { method: kept.client.token_endpoint_auth_method, secret: Boolean(kept.client.client_secret) };
say(told);
process.exit(0);
