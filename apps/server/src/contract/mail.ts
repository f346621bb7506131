import { z } from "zod"
import { languageTag } from "./language.ts"

/** An address mail can be sent to, as its owner writes it. */
export const mailAddress = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email({ pattern: z.regexes.html5Email }))

export const testMail = z.object({ to: mailAddress, language: languageTag })
export type TestMail = z.infer<typeof testMail>
