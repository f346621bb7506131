import { AsyncLocalStorage } from "node:async_hooks"

/** Tells whether the running code belongs to a transaction of this database that is still open. */
export type Scope = {
  run<T>(work: () => Promise<T>): Promise<T>
  /** @throws Error inside a transaction: the outer handle would wait for it forever, or see other data. */
  requireOutside(): void
  /** @throws Error outside of a transaction, or after its end. */
  requireInside(): void
}

export function createScope(): Scope {
  const current = new AsyncLocalStorage<{ open: boolean }>()

  return {
    run(work) {
      const state = { open: true }
      return current.run(state, async () => {
        try {
          return await work()
        } finally {
          state.open = false
        }
      })
    },
    requireOutside() {
      if (current.getStore()?.open)
        throw new Error(
          "the database was used inside its own transaction: use the handle `tx` there",
        )
    },
    requireInside() {
      if (!current.getStore()?.open)
        throw new Error("the handle of a transaction was used after its end, or outside of it")
    },
  }
}
