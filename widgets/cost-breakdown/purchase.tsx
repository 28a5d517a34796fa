// What a purchase comes to, part by part.

import { useState } from "preact/hooks";
import { exactRupees, rupees } from "../lib/format.ts";
import { type Calculated, useAsked } from "./asking.ts";
import { Bar, Table } from "./charts.tsx";
import { Frame, Select, Slider, twice } from "./frame.tsx";
import { REGIONS } from "./regions.ts";
import { percent, say } from "./words.ts";

const BUYERS = ["male", "female", "joint"] as const;
const FEES = ["brokerage", "loan_fees", "other"] as const;

export function Purchase({ shown, reach }: Calculated<"total_cost">) {
  const asked = useAsked<"total_cost">(shown, (given) => reach.call("total_cost", given));
  const { answer, given, change } = asked;
  const amount = (key: string): number => answer.parts.find((part) => part.key === key)?.amount ?? 0;
  const [most] = useState({ price: twice(amount("price"), 1_000_000, 10_000_000), fee: Math.max(500_000, amount("price") / 25) });
  const beside = answer.parts.filter((part) => part.key !== "price" && part.amount > 0);
  const lead = say("abovePrice")(rupees(answer.above_price), percent(answer.percent_above));
  return (
    <Frame
      title={say("purchase")} headline={rupees(answer.total)} lead={answer.certain ? lead : `${lead} ${say("uncertain")}`}
      asked={asked} reach={reach} assumptions={answer.assumptions}
      chart={<Bar
        label={say("partsChart")(beside.map((part) => `${say(part.key as "brokerage")} ${rupees(part.amount)}`).join(", "))}
        series={beside.map((part) => ({ name: say(part.key as "brokerage"), kind: part.key, values: [part.amount] }))}
      />}
      table={
        <Table
          caption={say("purchase")} heads={[say("part"), say("amount")]} sum={[say("total"), exactRupees(answer.total)]}
          rows={answer.parts.map((part) => [say(part.key as "brokerage"), exactRupees(part.amount)])}
        />
      }
    >
      <Slider
        label={say("price")} value={given.price ?? amount("price")} least={100_000} most={most.price} step={100_000}
        said={rupees} change={(price) => change({ price })}
      />
      <Select label={say("region")} value={answer.region} options={REGIONS.map((key) => [key, say(key)])} choose={(region) => change({ region })} />
      <Select
        label={say("buyer")} value={given.buyer ?? answer.buyer} options={BUYERS.map((each) => [each, say(each)])}
        choose={(value) => change({ buyer: BUYERS.find((each) => each === value) ?? "male" })}
      />
      {FEES.map((key) => <Slider
        key={key} label={say(key)} value={given[key] ?? amount(key)} most={most.fee} step={5_000}
        said={rupees} change={(value) => change({ [key]: value })}
      />)}
    </Frame>
  );
}
