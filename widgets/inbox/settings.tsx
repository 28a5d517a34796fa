// What the person is told over which channel, whether they want offers, and when they are left alone.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Refusal } from "../lib/client.ts";
import { Announcement, Button, Notice, Row, Sheet } from "../lib/parts.tsx";
import { Loading, Refused } from "../lib/states.tsx";
import type { Reach } from "../lib/widget.tsx";
import type { NotificationSettings, Switch, UpdateNotificationSettings } from "../types/tools.ts";
import { say } from "./words.ts";

type Category = Switch["category"];
type Channel = Switch["channel"];

const CATEGORIES: readonly Category[] = ["transactional", "system", "marketing"];
const OUTWARD = ["push", "email", "sms"] as const;

interface Kept {
  readonly settings: NotificationSettings | null;
  readonly refusal: Refusal | null;
  /** What is being saved. */
  readonly saving: string | null;
  readonly saved: boolean;
  look(): void;
  save(what: string, change: UpdateNotificationSettings): void;
}

export function Settings({ reach, close }: { reach: Reach; close: () => void }) {
  const kept = useSettings(reach);
  const { settings, refusal } = kept;
  return (
    <Sheet title={say("settings")} close={close}>
      {!settings && (refusal ? <Refused refusal={refusal} reach={reach} retry={kept.look} /> : <Loading />)}
      {settings && (
        <div class="settings">
          <p class="lead">{say("settingsLead")}</p>
          {CATEGORIES.map((category) => <Channels key={category} category={category} settings={settings} kept={kept} />)}
          {settings.returned.map((channel) => <Returned key={channel} channel={channel} kept={kept} />)}
          <Unreached settings={settings} />
          <Quiet settings={settings} kept={kept} />
          {refusal && <Notice kind="bad"><bdi lang="en">{refusal.message || say("failed")}</bdi></Notice>}
          <Announcement>{kept.saving ? say("saving") : kept.saved && say("saved")}</Announcement>
        </div>
      )}
    </Sheet>
  );
}

/** One category: a switch for each channel. Offers have one of their own, and without it nothing else. */
function Channels({ category, settings, kept }: { category: Category; settings: NotificationSettings; kept: Kept }) {
  const marketing = category === "marketing";
  const reaches = (channel: Channel): boolean => channel === "in_app" || settings.reachable.includes(channel);
  const shown = settings.switches.filter((each) => each.category === category && reaches(each.channel));
  return (
    <fieldset>
      <legend>{say(category)}</legend>
      {marketing && (
        <Flip name={say("offersOn")} on={settings.offers} busy={kept.saving === "offers"} flip={() => kept.save("offers", { offers: !settings.offers })} />
      )}
      {marketing && !settings.offers && <p class="lead">{say("offersLead")}</p>}
      {(!marketing || settings.offers) && shown.map(({ channel, on }) => {
        if (category === "transactional" && channel === "in_app") return <p key={channel} class="lead">{say("always")}</p>;
        const what = `${category} ${channel}`;
        return (
          <Flip
            key={channel} name={say(channel)} label={say("switchOf")(say(category), say(channel))} on={on} busy={kept.saving === what}
            flip={() => kept.save(what, { category, channel, on: !on })}
          />
        );
      })}
    </fieldset>
  );
}

function Flip({ name, label = name, on, busy, flip }: { name: string; label?: string; on: boolean; busy: boolean; flip: () => void }) {
  return (
    <button type="button" class="flip" role="switch" aria-checked={on} aria-label={label} aria-busy={busy || undefined} onClick={() => !busy && flip()}>
      <span>{name}</span>
      <i class="knob" aria-hidden="true" />
    </button>
  );
}

/** A channel where messages came back: nothing is sent there until the person wants it again. */
function Returned({ channel, kept }: { channel: Channel; kept: Kept }) {
  const what = `returned ${channel}`;
  const again = (): void => kept.save(what, { category: "transactional", channel, on: true });
  return (
    <Notice kind="warn">
      <p>{say("returned")(say(channel))}</p>
      <Button small kind="secondary" busy={kept.saving === what} onClick={again}>{say("again")(say(channel))}</Button>
    </Notice>
  );
}

function Unreached({ settings }: { settings: NotificationSettings }) {
  const ways: readonly Channel[] = [...settings.reachable, ...settings.returned];
  const missing = OUTWARD.filter((channel) => !ways.includes(channel));
  return missing.length === 0 ? null : <p class="lead">{say("noWay")(missing.map((channel) => say(channel)).join(", "))}</p>;
}

function Quiet({ settings, kept }: { settings: NotificationSettings; kept: Kept }) {
  const { quiet_from, quiet_until } = settings;
  const [from, setFrom] = useState(quiet_from);
  const [until, setUntil] = useState(quiet_until);
  useEffect(() => (setFrom(quiet_from), setUntil(quiet_until)), [quiet_from, quiet_until]);
  const none = quiet_from === quiet_until;
  const changed = from !== quiet_from || until !== quiet_until;
  const save = (start: string, end: string): void => kept.save("quiet", { quiet_from: start, quiet_until: end });
  return (
    <fieldset>
      <legend>{say("quiet")}</legend>
      <p class="lead">{say("quietLead")}</p>
      <div class="hours">
        <label>{say("from")}<input type="time" required value={from} onInput={(event) => setFrom(event.currentTarget.value)} /></label>
        <label>{say("until")}<input type="time" required value={until} onInput={(event) => setUntil(event.currentTarget.value)} /></label>
      </div>
      {none && <p class="lead">{say("never")}</p>}
      <Row>
        <Button small busy={kept.saving === "quiet"} disabled={!changed || !from || !until} onClick={() => save(from, until)}>{say("save")}</Button>
        {!none && <Button small kind="quiet" onClick={() => save(quiet_from, quiet_from)}>{say("never")}</Button>}
      </Row>
    </fieldset>
  );
}

function useSettings(reach: Reach): Kept {
  const [kept, set] = useState<Pick<Kept, "settings" | "refusal" | "saving" | "saved">>({ settings: null, refusal: null, saving: null, saved: false });
  const under = useRef(false);
  const look = async (): Promise<void> => {
    const outcome = await reach.call("notification_settings", {});
    set((before) => (outcome.ok ? { ...before, settings: outcome.answer, refusal: null } : { ...before, refusal: outcome.refusal }));
  };
  const save = async (what: string, change: UpdateNotificationSettings): Promise<void> => {
    if (under.current) return;
    under.current = true;
    set((before) => ({ ...before, refusal: null, saving: what, saved: false }));
    const outcome = await reach.call("update_notification_settings", change);
    under.current = false;
    if (outcome.ok) set({ settings: outcome.answer, refusal: null, saving: null, saved: true });
    else set((before) => ({ ...before, refusal: outcome.refusal, saving: null }));
    if (!outcome.ok) return;
    await reach.host.tell(`The person changed their notification settings: ${JSON.stringify(change)}.`, { ...change }).catch(() => undefined);
  };
  useEffect(() => void look(), []);
  return { ...kept, look: () => void look(), save: (what, change) => void save(what, change) };
}
