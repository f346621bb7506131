import type { LanguageTag } from "../../contract/index.ts"
import { en } from "./templates/en.ts"
import { ja } from "./templates/ja.ts"
import { ru } from "./templates/ru.ts"
import type { MailLanguage, MailParams, MailTemplate } from "./templates/template.ts"
import { zhCN } from "./templates/zh-cn.ts"
import { zhTW } from "./templates/zh-tw.ts"

const languages: Record<LanguageTag, MailLanguage> = {
  en,
  "zh-CN": zhCN,
  "zh-TW": zhTW,
  ja,
  ru,
}

/** What the mail says of the site; `address` is empty when nobody told where it is. */
export type MailSite = { title: string; address: string }
export type WrittenMail = { subject: string; text: string; html: string }

/** A mail in somebody's language, as text and as HTML that loads nothing and follows a dark screen. */
export function writeMail<Name extends MailTemplate>(
  template: Name,
  params: MailParams[Name],
  language: LanguageTag,
  site: MailSite,
): WrittenMail {
  const { templates, foot } = languages[language]
  const { subject, paragraphs, link } = templates[template]
  const blanks: Blanks = { ...params, site: site.title }
  const [first = "", ...rest] = paragraphs.map((line) => filled(line, blanks))
  const code = "code" in params ? String(params.code) : undefined
  const content: Content = {
    first,
    code,
    rest,
    link: link && site.address ? { label: link.label, url: urlOf(site, link.path) } : undefined,
    foot: filled(foot, blanks),
  }
  return {
    subject: filled(subject, blanks),
    text: asText(content),
    html: asHtml(content, language),
  }
}

type Blanks = Record<string, string | number>
type Content = {
  first: string
  code: string | undefined
  rest: string[]
  link: { label: string; url: string } | undefined
  foot: string
}

const filled = (words: string, blanks: Blanks) =>
  words.replace(/\{(\w+)\}/g, (_, name: string) => String(blanks[name] ?? ""))

const urlOf = ({ address }: MailSite, path: string) => `${address.replace(/\/+$/, "")}${path}`

function asText({ first, code, rest, link, foot }: Content): string {
  const blocks = [first, ...(code ? [`    ${code}`] : []), ...rest]
  if (link) blocks.push(`${link.label}: ${link.url}`)
  return `${[...blocks, `-- \n${foot}`].join("\n\n")}\n`
}

/** Styles stand at the elements, for many readers of mail drop everything else; what is dark does not. */
function asHtml({ first, code, rest, link, foot }: Content, language: LanguageTag): string {
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escaped(text)}</p>`
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>@media (prefers-color-scheme:dark){.page{background:#161618!important;color:#ececee!important}.code{background:#26262a!important}.foot{color:#a0a0a8!important}.link{color:#ececee!important}}</style>
</head><body class="page" style="margin:0;padding:32px 16px;background:#ffffff;color:#1c1c1f;font:16px/1.6 system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:520px;margin:0 auto">
${paragraph(first)}
${code ? `<p class="code" style="margin:0 0 16px;padding:16px;border-radius:8px;background:#f2f2f4;font:600 28px/1.2 ui-monospace,Consolas,monospace;letter-spacing:4px;text-align:center">${escaped(code)}</p>` : ""}
${rest.map(paragraph).join("\n")}
${link ? `<p style="margin:0 0 16px"><a class="link" href="${escaped(link.url)}" style="color:#1c1c1f;font-weight:600">${escaped(link.label)}</a></p>` : ""}
<p class="foot" style="margin:32px 0 0;color:#6a6a72;font-size:13px">${escaped(foot)}</p>
</div></body></html>
`
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
