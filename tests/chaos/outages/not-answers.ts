import { faults, slowly } from "@nio/adapters/testing"
import { document, frame, page, stream } from "./answers.ts"
import { always, late, patience, soon } from "./limits.ts"
import { dripping, raw, saying } from "./raw.ts"
import type { Outage } from "./script.ts"

/** What looks like an answer and is none. */
export const lying: Outage[] = [
  { name: "200 with an error", members: [always(faults.okWithError)], addedMsMax: soon },
  {
    name: "200 with an error, streaming",
    members: [always(faults.okWithErrorFrame)],
    stream: true,
    addedMsMax: soon,
  },
  { name: "200 with somebody's page", members: [always(faults.html)], addedMsMax: soon },
  {
    name: "200 with a page called JSON",
    members: [always(page(200, { "content-type": "application/json" }))],
    addedMsMax: soon,
  },
  { name: "200 with nothing", members: [always(document(""))], addedMsMax: soon },
  { name: "an empty stream", members: [always(faults.empty)], stream: true, addedMsMax: soon },
  {
    name: "garbage for JSON",
    members: [always(document('{"id":"c","choices":[{"mess'))],
    addedMsMax: soon,
  },
  {
    name: "garbage for frames",
    members: [always(stream("data: {nonsense\n\n"))],
    stream: true,
    addedMsMax: soon,
  },
  {
    name: "garbage for HTTP",
    members: [{ ...patience, at: (stage) => raw(stage, saying("\x00\x01what is this\r\n\r\n")) }],
    addedMsMax: late,
  },
  {
    name: "not compressed as it says",
    members: [
      always(
        document("{}", {
          headers: { "content-type": "application/json", "content-encoding": "gzip" },
        }),
      ),
    ],
    addedMsMax: soon,
  },
  {
    name: "less than it promised",
    members: [
      {
        at: (stage) =>
          raw(
            stage,
            saying(
              'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 999\r\n\r\n{"id"',
            ),
          ),
      },
    ],
    addedMsMax: soon,
  },
]

/** What takes too long. */
export const slow: Outage[] = [
  {
    name: "slow first byte",
    members: [{ ...patience, ...always(slowly(faults.overloaded, 3_000)) }],
    addedMsMax: late,
  },
  {
    name: "no first word",
    members: [{ ...patience, ...always(faults.mute) }],
    stream: true,
    addedMsMax: late,
  },
  {
    name: "slow loris",
    members: [
      {
        ...patience,
        at: (stage) => raw(stage, dripping("HTTP/1.1 200 OK\r\nx-a: bbbbbbbbbbbb", 100)),
      },
    ],
    addedMsMax: late,
  },
  {
    name: "comments without end",
    members: [{ ...patience, ...always(stream(Array(600).fill(": wait\n\n"), { pauseMs: 50 })) }],
    stream: true,
    addedMsMax: 2 * late,
  },
  {
    name: "blanks without end",
    members: [
      {
        ...patience,
        ...always(document("", { headers: {}, body: Array(600).fill("   "), pauseMs: 50 })),
      },
    ],
    addedMsMax: 2 * late,
  },
]

/** After the first word nobody else can go on: the caller is told, and pays for what came. */
export const cut: Outage[] = [
  {
    name: "cut in the middle",
    members: [always(faults.halfFrame)],
    stream: true,
    ends: "honestly",
    addedMsMax: soon,
  },
  {
    name: "reset in the middle",
    members: [always(faults.reset)],
    stream: true,
    ends: "honestly",
    addedMsMax: soon,
  },
  {
    name: "silent in the middle",
    members: [{ ...patience, ...always(faults.silence) }],
    stream: true,
    ends: "honestly",
    addedMsMax: late,
  },
  {
    name: "an error in the middle",
    members: [always(stream([frame("half"), `data: {"error":{"message":"gone"}}\n\n`]))],
    stream: true,
    ends: "honestly",
    addedMsMax: soon,
  },
]
