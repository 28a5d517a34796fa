// The few signs that stand beside words.

const SIGNS = {
  yes: "M5 12.5l4.5 4.5L19 7.5",
  no: "M7 7l10 10M17 7 7 17",
  maybe: "M9 9.2A3 3 0 1 1 12.8 12c-.6.3-.8.8-.8 1.6M12 17.5h.01",
  doubt: "M12 9.5v4.2m0 3h.01M12 4 3 19.5h18z",
  place: "M12 21s7-6.2 7-11.3A7 7 0 0 0 5 9.7C5 14.8 12 21 12 21zM12 12.2a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  metro: "M7 4h10a2 2 0 0 1 2 2v9a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3V6a2 2 0 0 1 2-2zM5 11h14M8.5 14.7h.01M15.5 14.7h.01M8 18l-2 3M16 18l2 3",
  heart: "M12 20.3S3.5 15.4 3.5 9.2A4.7 4.7 0 0 1 12 6.4a4.7 4.7 0 0 1 8.5 2.8c0 6.2-8.5 11.1-8.5 11.1z",
  star: "M12 3.8l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z",
  back: "M19 12H5.5M11 5.5 4.5 12l6.5 6.5",
  next: "M5 12h13.5M13 5.5l6.5 6.5-6.5 6.5",
  close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  expand: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  shrink: "M20 10h-6V4M14 10l7-7M4 14h6v6M10 14l-7 7",
  undo: "M9 14 4.5 9.5 9 5M4.5 9.5h9a6 6 0 0 1 0 12H10",
  clock: "M12 7.5V12l3 2M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z",
  calendar: "M5 6h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1zM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
  list: "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01",
  map: "M9 5 3.5 7v12.5L9 17.5l6 2 5.5-2V5L15 7zM9 5v12.5M15 7v12.5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  compare: "M12 4v16M4 8h5M4 12h5M4 16h5M15 8h5M15 12h5M15 16h5",
  lock: "M6.5 11h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
  out: "M14 4.5h5.5V10M19.5 4.5 11 13M18 14.5V19a.5.5 0 0 1-.5.5H5a.5.5 0 0 1-.5-.5V6.5a.5.5 0 0 1 .5-.5h4.5",
  cloud: "M4 4l16 16M8.5 7.2A6 6 0 0 1 17.5 11h.5a4 4 0 0 1 2.8 6.8M16 19H7a4.5 4.5 0 0 1-1.3-8.8",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20",
  stop: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM9 9h6v6H9z",
  bell: "M6 16.5h12l-1.5-2.5V10a4.5 4.5 0 0 0-9 0v4zM10 19.5h4M12 5.5V4",
  gear: "M4 7.5h9M18 7.5h2M4 16.5h2M11 16.5h9M15.5 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM8.5 19a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  share: "M12 15V4M8 7.5 12 3.5l4 4M6.5 11.5v7a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-7",
  person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
} as const;

export type IconName = keyof typeof SIGNS;

/** A sign, drawn in the colour of the words beside it; `full` fills it. */
export function Icon({ name, full = false }: { name: IconName; full?: boolean }) {
  return (
    <svg class={`icon ${name}${full ? " full" : ""}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={SIGNS[name]} />
    </svg>
  );
}
