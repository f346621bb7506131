import { expect, test } from "bun:test"
import { findIn, sourceFiles } from "../support/sources.ts"

type Rule = {
  what: string
  pattern: RegExp
  instead: string
  /** Files the rule does not hold for, each with the reason. */
  except?: Record<string, string>
}

const core = "apps/server/src/core"

/** The core reaches the world through `deps` only, so that tests can hold time and chance still. */
const rules: Rule[] = [
  {
    what: "the clock",
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b/g,
    instead: "use deps.now()",
    except: {
      [`${core}/generation/underway.ts`]: "measures its own slices of work, in parts of a ms",
      [`${core}/chat/local-run.ts`]: "paces its frames by a clock that never jumps",
    },
  },
  {
    what: "chance",
    pattern: /\bMath\.random\b|\bcrypto\.(?:getRandomValues|randomUUID)\b|\brandomUUIDv7\b/g,
    instead: "use deps.random() or deps.newId()",
    except: {
      [`${core}/id.ts`]: "is what deps.newId is made of",
      [`${core}/code/new-code.ts`]: "makes codes that nobody can guess",
      [`${core}/identity/password.ts`]: "hashes a password that nobody can know",
    },
  },
  {
    what: "the environment",
    pattern: /\bprocess\.\w+|\bBun\.(?:env|argv|main|file|write|serve|spawn|connect|listen)\b/g,
    instead: "main.ts reads the environment and passes on what is needed",
  },
  {
    what: "the network",
    pattern: /(?<![.\w])fetch\(|\bglobalThis\b|\bnew WebSocket\b/g,
    instead: "use deps.fetch",
  },
  {
    what: "HTTP",
    pattern: /(?<![.\w])(?:Request|Response|Headers)\b/g,
    instead: "edges in http/ know HTTP",
  },
  {
    what: "a timer",
    pattern: /\bset(?:Interval|Timeout|Immediate)\(|\bBun\.sleep\b|\bAbortSignal\.timeout\b/g,
    instead: "write a job, or list the file here with the reason",
    except: {
      [`${core}/generation/underway.ts`]: "notes at intervals how far answers have come",
      [`${core}/generation/take-turn.ts`]: "renews the places of requests under way",
      [`${core}/billing/create-ledger.ts`]: "waits a limited time for the last settlements",
      [`${core}/billing/group-commit.ts`]: "writes together what one turn of the loop asked for",
      [`${core}/billing/heartbeat.ts`]: "keeps open holds alive",
      [`${core}/chat/local-run.ts`]: "sends what came within one frame of time together",
      [`${core}/chat/local-runs.ts`]: "renews the leases of the runs under way",
      [`${core}/chat/remote-runs.ts`]: "looks after runs of other nodes whose messages were lost",
      [`${core}/generation/pause.ts`]: "waits for an upstream that asked for a moment",
      [`${core}/routing/share-health.ts`]: "brings together on every node what messages lost",
      [`${core}/identity/watch.ts`]: "notices sessions that ended on another node",
      [`${core}/identity/reset-password.ts`]:
        "sends a mail only after its answer, which must not be late by it",
      [`${core}/live/hold-live.ts`]: "looks at the revision on every node, not on one of them",
    },
  },
  { what: "the console", pattern: /\bconsole\.\w+/g, instead: "use deps.log" },
]

const files = sourceFiles(`${core}/`)

for (const { what, pattern, instead, except = {} } of rules) {
  test(`the core does not touch ${what}`, () => {
    const wrong = files
      .filter((file) => !(file in except))
      .flatMap((file) => findIn(file, pattern))
      .map((found) => `${found} – ${instead}`)
    expect(wrong).toEqual([])
  })

  if (Object.keys(except).length > 0)
    test(`each exception for ${what} is still needed`, () => {
      const idle = Object.keys(except).filter((file) => findIn(file, pattern).length === 0)
      expect(idle).toEqual([])
    })
}

test("there is a core to look at", () => {
  expect(files.length).toBeGreaterThan(20)
})
