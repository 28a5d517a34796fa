// Builds every widget into one file of its own, and the script of our own pages that show widgets.
//
//   node widgets/build.ts                      all of it, into `widgets/dist`
//   node widgets/build.ts --into build/widgets into that folder
//   node widgets/build.ts property-list host   only these, the rest stays as it is

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type Rollup, build } from "vite";

const HERE = import.meta.dirname;
const SCRIPTS = { host: "host/main.ts", preview: "preview/main.ts", chatgpt: "preview/injected.ts" };
const BUDGET = 64 * 1024;

interface Bundle {
  script: string;
  style: string;
  calls: string[];
  /** The folders of the packages that are in it. */
  packages: string[];
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
      modulePreload: false,
      rolldownOptions: { input: join(HERE, entry), preserveEntrySignatures: "strict", output: { codeSplitting: false, entryFileNames: "view.js" } },
    },
  });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rollup.RollupOutput;
  const script = output.find((each) => each.type === "chunk");
  const style = output.find((each) => each.fileName.endsWith(".css"));
  if (output.filter((each) => each.type === "chunk").length !== 1 || script?.type !== "chunk") throw new Error(`${entry} is more than one script`);
  const text = style?.type === "asset" ? String(style.source) : "";
  return { script: script.code, style: text, calls: called(sources), packages: packages(Object.keys(script.modules)) };
}

/** The folders of the packages that these modules are of. */
function packages(modules: string[]): string[] {
  const within = `${sep}node_modules${sep}`;
  return modules.filter((id) => id.includes(within)).map((id) => {
    const start = id.lastIndexOf(within) + within.length;
    const depth = id[start] === "@" ? 2 : 1;
    return id.slice(0, start) + id.slice(start).split(sep).slice(0, depth).join(sep);
  });
}

/** What the licences of these packages ask to be kept with every copy. */
function licences(folders: Set<string>): string {
  const told = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license}`;
    return `${name} ${version}\n\n${text}\n`;
  });
  return told.sort().join(`\n${"-".repeat(80)}\n\n`);
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
    // A script that names its own closing tag would end there; one that opens a comment might not end at all.
    `<script type="module">${script.trim().replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--")}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

const about = (name: string): Record<string, unknown> => JSON.parse(readFileSync(join(HERE, name, "widget.json"), "utf8"));

/** The manifest as it is, or empty before the first build. */
function listed(file: string): Record<string, unknown> {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { into: { type: "string" } }, allowPositionals: true });
  const dist = values.into ?? join(HERE, "dist");
  const whole = positionals.length === 0;
  const wanted = (name: string): boolean => whole || positionals.includes(name);
  if (whole) rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const list = join(dist, "manifest.json");
  const manifest = listed(list);
  const inside = new Set<string>();
  for (const name of widgets().filter(wanted)) {
    const made = await bundle(`${name}/main.tsx`);
    const html = page(String(about(name)["title"]), made);
    write(dist, `${name}.html`, html);
    manifest[name] = { ...about(name), calls: made.calls };
    for (const each of made.packages) inside.add(each);
    if (gzipSync(html).length > BUDGET) throw new Error(`${name} is larger than hosts should have to load`);
  }
  const sorted = Object.fromEntries(Object.entries(manifest).sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(list, `${JSON.stringify(sorted, null, 2)}\n`);
  for (const [name, entry] of Object.entries(SCRIPTS).filter(([name]) => wanted(name))) {
    const made = await bundle(entry);
    write(dist, `${name}.js`, made.script);
    for (const each of made.packages) inside.add(each);
  }
  if (whole) writeFileSync(join(dist, "licences.txt"), licences(inside));
}

function write(dist: string, name: string, content: string): void {
  writeFileSync(join(dist, name), content);
  console.log(`${name.padEnd(24)} ${(gzipSync(content).length / 1024).toFixed(1).padStart(6)} KB gzipped`);
}

await main();
