// What views are put together from: buttons, chips, dialogs, and what is said aloud.

import type { ComponentChildren, TargetedMouseEvent } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "./icons.tsx";
import "./parts.css";
import { say } from "./words.ts";

interface ButtonProps {
  children?: ComponentChildren;
  onClick: (event: TargetedMouseEvent<HTMLButtonElement>) => void;
  kind?: "primary" | "secondary" | "danger" | "quiet";
  icon?: IconName;
  /** Is being done: it cannot be pressed, keeps the focus, and says so. */
  busy?: boolean;
  disabled?: boolean;
  pressed?: boolean;
  expanded?: boolean;
  small?: boolean;
  /** Its name for those who do not see it, where its words are not enough. */
  label?: string;
}

const CLASSES = { primary: "button", secondary: "button-secondary", danger: "button-danger", quiet: "button-quiet" } as const;

/** A button. While it is busy or disabled it can still be reached, so that the focus is not lost. */
export function Button({ children, onClick, kind = "primary", icon, busy = false, disabled = false, pressed, expanded, small = false, label }: ButtonProps) {
  const idle = !busy && !disabled;
  return (
    <button
      type="button" class={`${CLASSES[kind]}${small ? " small" : ""}`} aria-label={label} aria-pressed={pressed} aria-expanded={expanded}
      aria-busy={busy || undefined} aria-disabled={idle ? undefined : true} onClick={(event) => idle && onClick(event)}
    >
      {busy ? <i class="spin" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "children" | "kind" | "small" | "label" | "icon"> {
  icon: IconName;
  label: string;
  /** On a picture: with a ground of its own. */
  floating?: boolean;
}

/** A round button with a sign alone. */
export function IconButton({ icon, label, onClick, busy = false, disabled = false, pressed, expanded, floating = false }: IconButtonProps) {
  const idle = !busy && !disabled;
  return (
    <button
      type="button" class={`button-icon${floating ? " floating" : ""}`} aria-label={label} title={label} aria-pressed={pressed} aria-expanded={expanded}
      aria-busy={busy || undefined} aria-disabled={idle ? undefined : true} onClick={(event) => idle && onClick(event)}
    >
      {busy ? <i class="spin" /> : <Icon name={icon} full={pressed === true} />}
    </button>
  );
}

/** A few words in a frame: what was understood, or chosen. With `remove` it can be taken away. */
export function Chip({ children, remove, odd = false, label }: { children: ComponentChildren; remove?: () => void; odd?: boolean; label?: string }) {
  const name = `chip${odd ? " odd" : ""}`;
  if (!remove) return <span class={name}>{children}</span>;
  return (
    <button type="button" class={`${name} removes`} aria-label={label} onClick={remove}>
      {children}
      <Icon name="close" />
    </button>
  );
}

/** A row of things that wraps. */
export function Row({ children, label }: { children: ComponentChildren; label?: string }) {
  return <div class="wraps" role={label ? "group" : undefined} aria-label={label}>{children}</div>;
}

/** One of several, as buttons side by side. */
export function Choice<V extends string>({ label, options, value, choose }: {
  label: string;
  options: readonly (readonly [value: V, text: string, icon?: IconName])[];
  value: V;
  choose: (value: V) => void;
}) {
  return (
    <div class="choice" role="group" aria-label={label}>
      {options.map(([each, text, icon]) => (
        <button key={each} type="button" aria-pressed={each === value} onClick={() => choose(each)}>
          {icon && <Icon name={icon} />}
          {text}
        </button>
      ))}
    </div>
  );
}

/** Said aloud when it changes; seen too unless it is `unseen`. */
export function Announcement({ children, unseen = false }: { children?: ComponentChildren; unseen?: boolean }) {
  return <p class={unseen ? "unseen" : "announcement"} role="status">{children}</p>;
}

/** A sentence that matters: what went wrong, or what was done. */
export function Notice({ kind = "plain", children }: { kind?: "plain" | "good" | "bad" | "warn"; children: ComponentChildren }) {
  const icons = { plain: "maybe", good: "yes", bad: "no", warn: "doubt" } as const;
  return (
    <div class={`notice ${kind}`} role={kind === "bad" ? "alert" : "status"}>
      <Icon name={icons[kind]} />
      <div>{children}</div>
    </div>
  );
}

/**
 * A dialog over the view. A frame in a chat is as tall as what it shows, so its middle may be out of sight: the
 * dialog opens where the person is, and the view grows where it would not fit. Returns the focus when it goes.
 */
export function Sheet({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    if (shown === null) return undefined;
    shown.showModal();
    const main = place(shown, before);
    // What is in it may still be on its way.
    const watch = new ResizeObserver(() => main && reach(main, shown));
    watch.observe(shown);
    return () => {
      watch.disconnect();
      if (main) main.style.minHeight = "";
      shown.close();
      before?.focus();
    };
  }, []);
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby={id} onCancel={(event) => (event.preventDefault(), close())} onClick={(event) => event.target === dialog.current && close()}>
      <div class="sheet-body">
        <header class="sheet-head">
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={say("close")} onClick={close} />
        </header>
        {children}
      </div>
    </dialog>
  );
}

const MARGIN = 12;

function place(dialog: HTMLDialogElement, near: HTMLElement | null): HTMLElement | null {
  const main = document.querySelector("main");
  if (!main || document.documentElement.dataset["mode"] === "fullscreen") return null;
  const height = dialog.offsetHeight;
  const middle = near ? near.getBoundingClientRect().top : 0;
  const top = Math.max(MARGIN, Math.min(middle - height / 2, innerHeight - height - MARGIN));
  dialog.style.top = `${top}px`;
  reach(main, dialog);
  return main;
}

function reach(main: HTMLElement, dialog: HTMLElement): void {
  main.style.minHeight = `${parseFloat(dialog.style.top) + dialog.offsetHeight + MARGIN}px`;
}

/** Moves the focus to what has come, such as a result, as soon as it is there: the next key must not come before. */
export function useFocusOn<E extends HTMLElement>(when: unknown): { current: E | null } {
  const target = useRef<E>(null);
  useLayoutEffect(() => {
    if (when) target.current?.focus();
  }, [when]);
  return target;
}
