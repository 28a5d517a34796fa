// Telling which properties were looked at: each once, after a moment.

import { useEffect, useRef } from "preact/hooks";
import type { Call } from "./client.ts";

const LOOKED = 1500;
const counted = new Set<number>();

/** Whatever is shown for a moment was looked at. It is told in batches, and when the person turns away; where the host does not let it, nothing is told. */
export function useViews(shown: number | undefined, call: Call, batch = 1): void {
  const seen = useRef<number[]>([]);
  const tell = (): void => {
    const ids = seen.current.splice(0);
    if (ids.length > 0) void call("record_views", { property_ids: ids });
  };
  useEffect(() => {
    if (shown === undefined || counted.has(shown)) return undefined;
    const timer = setTimeout(() => {
      counted.add(shown);
      seen.current.push(shown);
      if (seen.current.length >= batch) tell();
    }, LOOKED);
    return () => clearTimeout(timer);
  }, [shown]);
  useEffect(() => {
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, []);
}
