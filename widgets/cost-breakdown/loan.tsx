// A loan: what it costs a month, and how it shrinks year by year.

import { useState } from "preact/hooks";
import { exactRupees, rupees } from "../lib/format.ts";
import { Notice } from "../lib/parts.tsx";
import { type Calculated, useAsked } from "./asking.ts";
import { Columns, Table } from "./charts.tsx";
import { Frame, Rate, Slider, twice } from "./frame.tsx";
import { say, years } from "./words.ts";

export function Loan({ shown, reach }: Calculated<"estimate_emi">) {
  const asked = useAsked<"estimate_emi">(shown, (given) => reach.call("estimate_emi", given));
  const { answer, given, change } = asked;
  const [most] = useState({ loan: twice(answer.loan, 1_000_000, 10_000_000), extra: Math.max(50_000, Math.ceil(answer.emi / 10_000) * 10_000) });
  const every = answer.by_year;
  const saves = answer.saved_interest > 0 || answer.saved_months > 0;
  return (
    <Frame
      title={say("loanTitle")} headline={say("aMonth")(exactRupees(answer.emi))}
      lead={say("loanLead")(rupees(answer.loan), rupees(answer.interest), years(Math.ceil(answer.months / 12)))}
      asked={asked} reach={reach} assumptions={answer.assumptions}
      notice={saves && <Notice kind="good"><p>{say("saves")(rupees(answer.saved_interest), answer.saved_months)}</p></Notice>}
      chart={
        <Columns
          label={say("loanChart")(every.length)} ends={[say("year")(1), say("year")(every.length)]}
          series={[
            { name: say("principal"), kind: "principal", values: every.map((each) => each.principal) },
            ...(saves ? [{ name: say("prepaid"), kind: "prepaid", values: every.map((each) => each.prepaid) }] : []),
            { name: say("interest"), kind: "interest", values: every.map((each) => each.interest) },
          ]}
        />
      }
      table={
        <Table
          caption={say("loanTitle")} heads={[say("yearHead"), say("principal"), ...(saves ? [say("prepaid")] : []), say("interest"), say("balance")]}
          rows={every.map((each) => [
            String(each.year), rupees(each.principal), ...(saves ? [rupees(each.prepaid)] : []), rupees(each.interest), rupees(each.balance),
          ])}
        />
      }
    >
      <Slider
        label={say("loan")} value={given.loan ?? answer.loan} least={100_000} most={most.loan} step={100_000}
        said={rupees} change={(loan) => change({ loan })}
      />
      <Rate label={say("rate")} value={given.rate ?? answer.rate} most={15} change={(rate) => change({ rate })} />
      <Slider
        label={say("term")} value={given.years ?? answer.years} least={1} most={40} step={1} said={years}
        change={(value) => change({ years: value })}
      />
      <Slider
        label={say("extraMonthly")} value={given.extra_monthly ?? 0} most={most.extra} step={1_000} said={rupees}
        change={(value) => change({ extra_monthly: value })}
      />
      <Slider
        label={say("extraYearly")} value={given.extra_yearly ?? 0} most={most.extra * 12} step={10_000} said={rupees}
        change={(value) => change({ extra_yearly: value })}
      />
    </Frame>
  );
}
