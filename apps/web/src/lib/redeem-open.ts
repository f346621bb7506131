import { createStore } from "./store.ts"

/** Whether the dialog that takes a code is open. */
export const redeemOpen = createStore(false)
