import { z } from "zod"

/** A name as somebody types it to sign in. Who may have which name is not judged here. */
const signInName = z.string().trim().min(1).max(255)
/** Longer ones only cost the server time. */
const passwordText = z.string().min(1).max(1_024)

/** Characters a new password has at least. */
export const passwordCharsMin = 8

export const signIn = z.object({ name: signInName, password: passwordText })

/** `current` may be left out while the first password is still in place. */
export const changePassword = z.object({ current: passwordText.optional(), next: passwordText })

export const apiKeyName = z.string().trim().min(1).max(64)

/** A key as its owner sees it afterwards: `hint` is its last four characters. */
export type ApiKeyView = { id: string; name: string; hint: string; createdAt: number }

/** The only time the key itself is shown. */
export type ApiKeyCreated = { id: string; key: string }
