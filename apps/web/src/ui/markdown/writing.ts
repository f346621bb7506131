import { createContext } from "react"

/**
 * Whether more of the text will come. A context, because at the end only code is drawn anew, in
 * colours, and not every block.
 */
export const Writing = createContext(false)
