import { failureOf } from "./error.ts"
import { createStore } from "./store.ts"

/** Whoever waits for somebody to prove who they are; the dialog that asks answers it. */
export const proofAsked = createStore<((proven: boolean) => void) | null>(null)

/**
 * Does what may need a fresh proof: when the server wants one it is asked for, and then the same is
 * done again. Who will not prove themselves gets the server's refusal.
 */
export async function withProof<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    if (failureOf(error).code !== "auth.proof-required") throw error
    if (!(await new Promise<boolean>((answer) => proofAsked.set(answer)))) throw error
    return act()
  }
}
