// Renting beside buying: what a person has by each year.

import { useState } from "preact/hooks";
import { exactRupees, rent as monthly, rupees } from "../lib/format.ts";
import { type Calculated, useAsked } from "./asking.ts";
import { Lines, Table } from "./charts.tsx";
import { Frame, Rate, Slider, taken, twice } from "./frame.tsx";
import { say, years } from "./words.ts";

const RATES = ["rate", "price_growth", "rent_growth", "return_rate", "upkeep", "selling"] as const;

export function RentOrBuy({ shown, reach }: Calculated<"rent_or_buy">) {
  const asked = useAsked<"rent_or_buy">(shown, (given) => reach.call("rent_or_buy", given));
  const { answer, given, change } = asked;
  const assumed = (name: string): number => taken(answer.assumptions, name) ?? 0;
  const [most] = useState({ price: twice(answer.price, 1_000_000, 10_000_000), rent: twice(answer.rent, 10_000, 100_000) });
  const every = answer.by_year;
  const even = answer.break_even === null ? say("never") : say("evenFrom")(answer.break_even);
  return (
    <Frame
      title={say("rentTitle")} headline={say(answer.better === "buy" ? "buyBetter" : "rentBetter")(rupees(answer.ahead_by), answer.stay)} lead={even}
      asked={asked} reach={reach} assumptions={answer.assumptions}
      chart={
        <Lines
          label={`${say("rentChart")(every.length)} ${even}`} ends={[say("year")(1), say("year")(every.length)]} mark={answer.break_even}
          series={[
            { name: say("buyer_has"), kind: "buyer", values: every.map((each) => each.buyer) },
            { name: say("renter_has"), kind: "renter", values: every.map((each) => each.renter) },
          ]}
        />
      }
      table={
        <Table
          caption={say("rentTitle")} heads={[say("yearHead"), say("rentPaid"), say("owningPaid"), say("renter_has"), say("buyer_has")]}
          rows={every.map((each) => [String(each.year), rupees(each.rent), rupees(each.owning), rupees(each.renter), rupees(each.buyer)])}
        />
      }
    >
      <Slider
        label={say("price")} value={given.price ?? answer.price} least={100_000} most={most.price} step={100_000}
        said={rupees} change={(price) => change({ price })}
      />
      <Slider label={say("rent")} value={given.rent ?? answer.rent} most={most.rent} step={500} said={monthly} change={(rent) => change({ rent })} />
      <Slider label={say("stay")} value={given.stay ?? answer.stay} least={1} most={40} step={1} said={years} change={(stay) => change({ stay })} />
      <Slider
        label={say("downPayment")} value={given.down_payment ?? answer.price - answer.loan} most={answer.price} step={100_000} said={rupees}
        change={(value) => change({ down_payment: value })}
      />
      {RATES.map((key) => (
        <Rate
          key={key} label={say(key)} value={given[key] ?? assumed(key)}
          most={key === "upkeep" || key === "selling" ? 5 : 15} step={0.1}
          change={(value) => change({ [key]: value })}
        />
      ))}
      <Slider
        label={say("term")} value={given.years ?? assumed("years")} least={1} most={40} step={1} said={years}
        change={(value) => change({ years: value })}
      />
      <p class="aside">{say("instalment")(exactRupees(answer.emi), rupees(answer.upfront))}</p>
    </Frame>
  );
}
