// Builds every widget into one file of its own, and the script of our own pages that show widgets.
//
//   node widgets/build.ts                      all of it, into `widgets/dist`
//   node widgets/build.ts --into build/widgets into that folder
//   node widgets/build.ts property-list host   only these, the rest stays as it is

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type Rollup, build } from "vite";

const HERE = import.meta.dirname;
const SCRIPTS = ["host", "preview"];
const BUDGET = 60 * 1024;

interface Bundle {
  script: string;
  style: string;
  calls: string[];
}

/** The folders that have a `widget.json`: each is a widget. */
function widgets(): string[] {
  const folders = readdirSync(HERE, { withFileTypes: true }).filter((each) => each.isDirectory());
  return folders.map((each) => each.name).filter((name) => readdirSync(join(HERE, name)).includes("widget.json")).sort();
}

async function bundle(entry: string): Promise<Bundle> {
  const sources: string[] = [];
  const result = await build({
    configFile: false,
    root: HERE,
    logLevel: "warn",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    plugins: [{ name: "what is called", transform: (code, id) => void (id.includes("node_modules") || sources.push(code)) }],
    build: {
      write: false,
      target: "es2022",
      cssCodeSplit: false,
      reportCompressedSize: false,
      rolldownOptions: { output: { minify: true } },
      lib: { entry: join(HERE, entry), formats: ["es"], fileName: "view", cssFileName: "view" },
    },
  });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rollup.RollupOutput;
  const script = output.find((each) => each.type === "chunk");
  const style = output.find((each) => each.fileName.endsWith(".css"));
  if (output.filter((each) => each.type === "chunk").length !== 1 || script?.type !== "chunk") throw new Error(`${entry} is more than one script`);
  return { script: script.code, style: style?.type === "asset" ? String(style.source) : "", calls: called(sources) };
}

/** The tools that a widget calls by name. */
function called(sources: string[]): string[] {
  const names = sources.flatMap((code) => [...code.matchAll(/\bcall\(\s*"(\w+)"/g)].map(([, name]) => name as string));
  return [...new Set(names)].sort();
}

function page(title: string, { script, style }: Bundle): string {
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="ghar-origin" content="">',
    '<meta name="ghar-tiles" content="">',
    `<title>${title}</title>`,
    `<style>${style.trim()}</style>`,
    "</head>",
    "<body>",
    // A script that names its own closing tag would end there.
    `<script type="module">${script.trim().replaceAll("</script", "<\\/script")}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

const about = (name: string): Record<string, unknown> => JSON.parse(readFileSync(join(HERE, name, "widget.json"), "utf8"));

const size = (text: string): string => `${(gzipSync(text).length / 1024).toFixed(1).padStart(6)} KB gzipped`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { into: { type: "string" } }, allowPositionals: true });
  const dist = values.into ?? join(HERE, "dist");
  const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
  if (positionals.length === 0) rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const list = join(dist, "manifest.json");
  const manifest: Record<string, unknown> = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : {};
  for (const name of widgets().filter(wanted)) {
    const made = await bundle(`${name}/main.tsx`);
    const html = page(String(about(name)["title"]), made);
    const large = gzipSync(html).length > BUDGET;
    writeFileSync(join(dist, `${name}.html`), html);
    manifest[name] = { ...about(name), calls: made.calls };
    console.log(`${name.padEnd(20)} ${size(html)}${large ? "  TOO LARGE" : ""}`);
    if (large) process.exitCode = 1;
  }
  const sorted = Object.fromEntries(Object.entries(manifest).sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(list, `${JSON.stringify(sorted, null, 2)}\n`);
  for (const name of SCRIPTS.filter(wanted)) {
    const { script } = await bundle(`${name}/main.ts`);
    writeFileSync(join(dist, `${name}.js`), script);
    console.log(`${name.padEnd(20)} ${size(script)}`);
  }
}

await main();
