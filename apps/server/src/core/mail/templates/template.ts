/** What each mail is told besides the site's name and address. */
export type MailParams = {
  /** To somebody who registers: their address is confirmed by a code. */
  registration: { code: string; minutes: number }
  /** To the owner of an address that somebody registered with again. */
  "known-account": { name: string }
  reset: { name: string; code: string; minutes: number }
  /** To the address that an account shall have from now on. */
  "new-address": { name: string; code: string; minutes: number }
  /** To the address that an account had until now. */
  "address-changed": { name: string; address: string }
  /** Points as people read them. */
  alarm: { name: string; balance: string; threshold: string }
  test: Record<never, never>
}
export type MailTemplate = keyof MailParams

/** A page of our own; left out of the mail when nobody told where the site is. */
export type MailLink = { label: string; path: string }

/**
 * The words of a mail in one language, with blanks such as `{site}`. A mail with a code shows it
 * large after the first paragraph.
 */
export type MailWords = { subject: string; paragraphs: readonly string[]; link?: MailLink }
export type MailLanguage = {
  templates: { readonly [Name in MailTemplate]: MailWords }
  /** At the foot of every mail. */
  foot: string
}
