import { faults } from "@nio/adapters/testing"
import { inTurn, well } from "./answers.ts"
import { always, nowhere, soon } from "./limits.ts"
import type { Outage } from "./script.ts"

/** What comes and goes. */
export const changing: Outage[] = [
  {
    name: "brown-out, every second request",
    members: [{ answer: inTurn((nth, seen) => (nth % 2 === 0 ? faults.overloaded : well(seen))) }],
    addedMsMax: soon,
  },
  {
    name: "brown-out, every fifth request",
    members: [{ answer: inTurn((nth, seen) => (nth % 5 === 0 ? faults.html502 : well(seen))) }],
    addedMsMax: soon,
  },
  {
    name: "flapping",
    members: [
      {
        answer: inTurn((nth, seen) =>
          Math.floor(nth / 10) % 2 === 0 ? faults.overloaded : well(seen),
        ),
      },
    ],
    addedMsMax: soon,
  },
  {
    name: "half-open: one at a time looks",
    members: [always(faults.overloaded)],
    requests: 300,
    addedMsMax: soon,
    check: ({ asked }) => (asked[0]! <= 40 ? undefined : `asked ${asked[0]} times`),
  },
  {
    name: "recovery",
    members: [always(faults.overloaded)],
    requests: 200,
    turn: {
      after: 40,
      async happens([upstream]) {
        upstream?.answerWith(well)
        await Bun.sleep(2_200)
      },
    },
    addedMsMax: 3_500,
    check: ({ askedLate }) =>
      askedLate[0]! > 40 ? undefined : `only ${askedLate[0]} of the last 50`,
  },
  {
    name: "dies under load",
    members: [{ answer: (seen) => well(seen) }],
    requests: 200,
    turn: { after: 60, happens: ([upstream]) => upstream?.close() },
    addedMsMax: soon,
  },
]

/** More than one. */
export const many: Outage[] = [
  {
    name: "one of two of a kind",
    members: [{ ...always(faults.overloaded), priority: 0 }],
    addedMsMax: soon,
  },
  {
    name: "three of four priorities",
    members: [
      { ...always(faults.overloaded), priority: 9 },
      { at: nowhere, priority: 8 },
      { ...always(faults.unauthorized), priority: 7 },
    ],
    addedMsMax: soon,
  },
  {
    name: "twenty of a kind, each otherwise",
    members: Array.from({ length: 20 }, (_, at) => ({
      ...always(
        [faults.overloaded, faults.html, faults.unauthorized, faults.rateLimited, faults.redirect][
          at % 5
        ]!,
      ),
      priority: 0,
    })),
    addedMsMax: soon,
  },
]
