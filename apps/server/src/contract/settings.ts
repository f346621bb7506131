import { z } from "zod"

/** Every setting: its shape, what it is before anyone sets it, and whether visitors see it. */
export const settings = {
  "site.title": { schema: z.string().trim().min(1).max(64), initial: "Chat Nio", public: true },
  "site.initialPoints": { schema: z.number().min(0).max(1_000_000_000), initial: 0, public: false },
  "site.buyLink": { schema: z.union([z.literal(""), z.url()]), initial: "", public: true },
  "site.contact": { schema: z.string().max(10_000), initial: "", public: true },
  /** Requests a minute one person or key may start; 0 means without limit. */
  "limits.requestsPerMinute": {
    schema: z.int().min(0).max(1_000_000),
    initial: 600,
    public: false,
  },
} as const satisfies Record<string, { schema: z.ZodType; initial: unknown; public: boolean }>

export type SettingKey = keyof typeof settings
export type Settings = { readonly [K in SettingKey]: z.infer<(typeof settings)[K]["schema"]> }
