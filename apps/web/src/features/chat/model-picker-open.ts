import { createStore } from "../../lib/store.ts"

export const modelPickerOpen = createStore(false)
