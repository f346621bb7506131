import { providers } from "@nio/adapters"
import type { Db } from "@nio/db"
import { createLedger } from "@nio/server/core/billing/create-ledger"
import type { Deps } from "@nio/server/core/deps"
import { createUnderway } from "@nio/server/core/generation/underway"
import { newId } from "@nio/server/core/id"
import { createLiveHolder } from "@nio/server/core/live/hold-live"
import { createHealth } from "@nio/server/core/routing/health"
import { shareHealth } from "@nio/server/core/routing/share-health"
import { createMemoryBus } from "@nio/server/infra/bus-memory"
import { downloadBy } from "@nio/server/infra/download"
import { createMemoryKv } from "@nio/server/infra/kv-memory"
import { smtpMailer } from "@nio/server/infra/mailer"
import { createOidc } from "@nio/server/infra/oidc"
import { createTokenCounter } from "@nio/server/infra/token-counter"
import { trustedFetch } from "@nio/server/infra/trusted-fetch"
import { upstreamFetch, upstreamSocket } from "@nio/server/infra/upstream-fetch"
import { createVault } from "@nio/server/infra/vault"
import { type LogLine, recordingLog } from "./log.ts"

/** What a server of its own process must be given to open what a test has sealed. */
export const testSecret = "the secret of every test there is"

/** `close` ends what `testDeps` made, but not the database. */
export type TestDeps = Deps & {
  logged: LogLine[]
  /** What otherwise happens every few seconds. */
  syncHealth(): Promise<void>
  close(): Promise<void>
}

/**
 * A node as `main.ts` makes it, on a real database and with everything else in memory. Time and
 * chance may be replaced (chance is always 0 otherwise), as may any other part.
 */
export async function testDeps(db: Db, overrides: Partial<Deps> = {}): Promise<TestDeps> {
  const recorder = recordingLog()
  const log = overrides.log ?? recorder
  const now = overrides.now ?? Date.now
  const nodeId = overrides.nodeId ?? newId()
  const bus = overrides.bus ?? createMemoryBus(log)
  const kv = overrides.kv ?? createMemoryKv(now)
  const underway = overrides.underway ?? createUnderway()
  const tokens = overrides.tokens ?? createTokenCounter()
  const ledger = overrides.ledger ?? createLedger({ db, now, log, nodeId })
  const offered = overrides.providers ?? providers
  const health = overrides.health ?? createHealth(now)
  const sharing = await shareHealth({ bus, kv, log }, health)
  const vault = overrides.vault ?? createVault(testSecret)
  const live = await createLiveHolder({ db, bus, providers: offered, vault, log })

  return {
    db,
    kv,
    bus,
    live,
    ledger,
    health,
    underway,
    tokens,
    vault,
    sendMail: smtpMailer(),
    oidc: createOidc(now),
    providers: offered,
    fetch: upstreamFetch,
    openSocket: upstreamSocket,
    fetchText: trustedFetch,
    download: downloadBy(),
    answerMsMax: 1_800_000,
    now,
    random: () => 0,
    newId,
    log,
    nodeId,
    ...overrides,
    logged: recorder.lines,
    syncHealth: sharing.sync,
    close: async () => {
      await live.close()
      await sharing.close()
      underway.close()
      await ledger.close()
      tokens.close()
      await bus.close()
      await kv.close()
    },
  }
}
