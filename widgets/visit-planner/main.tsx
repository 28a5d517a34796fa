// When a property can be seen: days, half hours, and the visit that the person asks for.

import { Planner } from "../lib/planner.tsx";
import { type View, widget } from "../lib/widget.tsx";
import { languageOf } from "../lib/words.ts";
import "./planner.css";
import { say } from "./words.ts";

const VisitPlanner: View<"visit-planner"> = ({ shown: { answer }, reach }) => (
  <section class="visit-planner" aria-label={say("title")}>
    <header>
      <p class="kicker">{say("title")}</p>
      <h1 lang={languageOf(answer.title)}>{answer.title}</h1>
    </header>
    <Planner key={answer.property_id} property={answer.property_id} reach={reach} known={answer} />
  </section>
);

widget("visit-planner", VisitPlanner);
