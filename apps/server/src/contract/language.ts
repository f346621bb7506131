import { z } from "zod"

/** The languages we speak, in pages and mails. */
export const languageTag = z.enum(["en", "zh-CN", "zh-TW", "ja", "ru"])
export type LanguageTag = z.infer<typeof languageTag>
