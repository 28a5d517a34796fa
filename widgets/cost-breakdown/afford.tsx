// The home that an income and savings pay for.

import { useState } from "preact/hooks";
import { exactRupees, rupees } from "../lib/format.ts";
import { Notice } from "../lib/parts.tsx";
import type { Fit } from "../types/tools.ts";
import { type Calculated, useAsked } from "./asking.ts";
import { Bar, Table } from "./charts.tsx";
import { Frame, Rate, Slider, taken, twice } from "./frame.tsx";
import { percent, say, years } from "./words.ts";

export function Afford({ shown, reach }: Calculated<"estimate_affordability">) {
  const asked = useAsked<"estimate_affordability">(shown, (given) => reach.call("estimate_affordability", given));
  const { answer, given, change } = asked;
  const assumed = (name: string, other: number): number => taken(answer.assumptions, name) ?? other;
  const [most] = useState({
    income: twice(assumed("income", 0), 50_000, 500_000), savings: twice(given.savings ?? 0, 1_000_000, 10_000_000),
    obligations: twice(given.obligations ?? 0, 10_000, 100_000),
  });
  const own = answer.price - answer.borrowed;
  const rows = [[say("loan"), answer.borrowed], [say("fromSavings"), own], [say("duties"), answer.duties]] as const;
  return (
    <Frame
      title={say("affordTitle")} headline={say("upTo")(rupees(answer.price))}
      lead={`${say("affordLead")(rupees(answer.borrowed), exactRupees(answer.emi))} ${say(answer.limited_by === "income" ? "byIncome" : "bySavings")}`}
      asked={asked} reach={reach} assumptions={answer.assumptions} notice={answer.fit && <Fits fit={answer.fit} />}
      chart={
        <Bar
          label={say("partsChart")(rows.map(([name, value]) => `${name} ${rupees(value)}`).join(", "))}
          series={rows.map(([name, value], at) => ({ name, kind: ["principal", "prepaid", "due"][at] ?? "", values: [value] }))}
        />
      }
      table={
        <Table
          caption={say("affordTitle")} heads={[say("part"), say("amount")]} sum={[say("total"), rupees(answer.price + answer.duties)]}
          rows={rows.map(([name, value]) => [name, rupees(value)])}
        />
      }
    >
      <Slider
        label={say("income")} value={given.income ?? assumed("income", 0)} most={most.income} step={5_000}
        said={rupees} change={(income) => change({ income })}
      />
      <Slider
        label={say("savings")} value={given.savings ?? 0} most={most.savings} step={100_000} said={rupees}
        change={(savings) => change({ savings })}
      />
      <Slider
        label={say("obligations")} value={given.obligations ?? 0} most={most.obligations} step={1_000} said={rupees}
        change={(obligations) => change({ obligations })}
      />
      <Slider
        label={say("share")} value={given.share ?? assumed("share", 40)} least={10} most={70} step={1} said={percent}
        change={(share) => change({ share })}
      />
      <Rate label={say("rate")} value={given.rate ?? assumed("rate", 8.5)} most={15} change={(rate) => change({ rate })} />
      <Slider
        label={say("term")} value={given.years ?? assumed("years", 20)} least={1} most={40} step={1} said={years}
        change={(value) => change({ years: value })}
      />
    </Frame>
  );
}

function Fits({ fit }: { fit: Fit }) {
  if (fit.fits) return <Notice kind="good"><p>{say("fits")(rupees(fit.price))}</p></Notice>;
  return (
    <Notice kind="warn">
      <p>{say("fitsNot")(rupees(fit.price))}</p>
      {fit.savings_short > 0 && <p>{say("shortNow")(rupees(fit.savings_short))}</p>}
      {fit.emi_over > 0 && <p>{say("shortMonthly")(exactRupees(fit.emi_over))}</p>}
    </Notice>
  );
}
