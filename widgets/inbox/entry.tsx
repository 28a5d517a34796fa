// One message: what it says, where it leads, and whether it was read.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { moment, time } from "../lib/format.ts";
import { Icon, type IconName } from "../lib/icons.tsx";
import { Button, Row } from "../lib/parts.tsx";
import type { Reach } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import type { List, Message } from "./list.ts";
import { say } from "./words.ts";

const SIGNS: Readonly<Record<Message["category"], IconName>> = { transactional: "calendar", system: "person", marketing: "heart" };

export function Entry({ message, list, reach }: { message: Message; list: List; reach: Reach }) {
  const { id, title, text, read, at, category } = message;
  const heading = useRef<HTMLLIElement>(null);
  const pressed = useRef(false);
  // The button that was pressed is gone once it is read.
  useLayoutEffect(() => {
    if (read && pressed.current) heading.current?.focus();
    pressed.current = false;
  }, [read]);
  const mark = (): void => {
    pressed.current = true;
    void list.mark(message);
  };
  return (
    <li class={read ? "message" : "message unread"} id={`message-${id}`} ref={heading} tabIndex={-1}>
      <span class="sign"><Icon name={SIGNS[category]} /></span>
      <div class="said">
        <header>
          <h3 lang={languageOf(title)}>{!read && <i class="dot"><span class="unseen">{say("isUnread")} </span></i>}{title}</h3>
          <time dateTime={at} title={moment(at)}>{time(at)}</time>
        </header>
        <p lang={languageOf(text)}>{text}</p>
        <Row>
          <Leads message={message} list={list} reach={reach} />
          {!read && <Button small kind="quiet" icon="yes" label={say("readThisOf")(title)} busy={list.marking === id} onClick={mark}>{say("readThis")}</Button>}
        </Row>
      </div>
    </li>
  );
}

/** Where it leads, if that is a page of ours. Whoever opens it has read it. */
function Leads({ message, list, reach }: { message: Message; list: List; reach: Reach }) {
  const [refused, set] = useState(false);
  const page = ourPage(message.link);
  if (page === null) return null;
  const open = async (): Promise<void> => {
    const opened = await reach.host.open(page).catch(() => false);
    set(!opened);
    if (opened && !message.read) await list.mark(message);
  };
  if (refused) return <p class="yourself" role="status">{say("yourself")} <bdi>{page}</bdi></p>;
  return <Button small kind="secondary" icon="out" label={say("openOf")(message.title)} onClick={() => void open()}>{say("open")}</Button>;
}

/** An address on our own pages; null for any other. */
export function ourPage(link: string | null): string | null {
  const origin = document.querySelector<HTMLMetaElement>('meta[name="ghar-origin"]')?.content;
  if (!link || !origin) return null;
  try {
    const address = new URL(link, origin);
    return address.origin === new URL(origin).origin && /^https?:$/.test(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}
