// What a home costs: a purchase, a loan, what can be afforded, and renting beside buying.

import type { Answer } from "../lib/client.ts";
import { type Shown, type View, widget } from "../lib/widget.tsx";
import type { Widgets } from "../types/widgets.ts";
import { Afford } from "./afford.tsx";
import "./costs.css";
import { Loan } from "./loan.tsx";
import { Purchase } from "./purchase.tsx";
import { RentOrBuy } from "./renting.tsx";

type Calculation = Shown<Widgets["cost-breakdown"]>;

// Not every host says which tool gave an answer, and these four are not alike: the answer itself says it.
const holds = <N extends Calculation["tool"]>(shown: Calculation, field: keyof Answer<N>): shown is Extract<Calculation, { tool: N }> => field in shown.answer;

const CostBreakdown: View<"cost-breakdown"> = ({ shown, reach }) => {
  if (holds<"total_cost">(shown, "parts")) return <Purchase shown={shown} reach={reach} />;
  if (holds<"rent_or_buy">(shown, "break_even")) return <RentOrBuy shown={shown} reach={reach} />;
  if (holds<"estimate_emi">(shown, "saved_months")) return <Loan shown={shown} reach={reach} />;
  if (holds<"estimate_affordability">(shown, "limited_by")) return <Afford shown={shown} reach={reach} />;
  return null;
};

widget("cost-breakdown", CostBreakdown);
