// What is chosen on the page, as it stands in the address.

export const HOSTS = {
  apps: "MCP Apps", chatgpt: "ChatGPT (window.openai)", "chatgpt-apps": "ChatGPT (both bridges)",
  stripping: "MCP Apps, strips results", "stripping-all": "MCP Apps, strips answers too", text: "Text only",
} as const;
export const STATES = {
  shown: "Answered", loading: "Loading", empty: "Nothing found", error: "Refused", "signed-out": "Signed out",
  offline: "Offline", cancelled: "Cancelled",
} as const;
export const THEMES = { light: "Light", dark: "Dark" } as const;
export const LANGUAGES = { en: "English", hi: "हिन्दी" } as const;
export const WIDTHS = { "": "All there is", 320: "320", 390: "390", 480: "480", 768: "768", 1024: "1024", 1280: "1280" } as const;
export const MODES = { inline: "Inline", fullscreen: "Full screen" } as const;
export const COLOURS = { "": "Its own", host: "The host's" } as const;
export const LIVE = {
  "": "The fixtures", guest: "The tools, to a guest", member: "The tools, to a member", staff: "The tools, to staff",
  admin: "The tools, to an admin",
} as const;

export interface Choices {
  readonly widget: string;
  readonly case: string;
  readonly host: keyof typeof HOSTS;
  readonly state: keyof typeof STATES;
  readonly theme: keyof typeof THEMES;
  readonly lang: keyof typeof LANGUAGES;
  /** In CSS pixels; empty is the width of the page. */
  readonly width: string;
  readonly mode: keyof typeof MODES;
  readonly colours: keyof typeof COLOURS;
  /** Who the real tools are called as; empty plays fixtures. */
  readonly live: keyof typeof LIVE;
  /** What the tool was asked, as JSON; empty is what the case says. */
  readonly arguments: string;
  /** How long a widget may take to shake hands, in milliseconds; empty is long. */
  readonly patience: string;
  readonly bare: boolean;
}

export type Name = Exclude<keyof Choices, "bare">;

export function chosen(search: string): Choices {
  const given = new URLSearchParams(search);
  const among = <T extends string>(name: string, known: Readonly<Record<T, string>>, usual: NoInfer<T>): T => {
    const value = given.get(name);
    return value !== null && Object.hasOwn(known, value) ? (value as T) : usual;
  };
  const number = (name: string): string => given.get(name)?.match(/^\d{3,5}$/)?.[0] ?? "";
  return {
    widget: given.get("widget") ?? "",
    case: given.get("case") ?? "",
    host: among("host", HOSTS, "apps"),
    state: among("state", STATES, "shown"),
    theme: among("theme", THEMES, matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"),
    lang: among("lang", LANGUAGES, document.documentElement.lang === "hi" ? "hi" : "en"),
    width: number("width"),
    mode: among("mode", MODES, "inline"),
    colours: among("colours", COLOURS, ""),
    live: given.get("live") === "1" ? "guest" : among("live", LIVE, ""),
    arguments: given.get("arguments") ?? "",
    patience: number("patience"),
    bare: given.has("bare"),
  };
}

export function address(choices: Choices): string {
  const { bare, ...rest } = choices;
  const given = Object.entries(rest).filter(([, value]) => value !== "");
  return `?${new URLSearchParams([...given, ...(bare ? [["bare", "1"]] : [])])}`;
}
