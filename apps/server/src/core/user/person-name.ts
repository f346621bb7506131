import { nameChars } from "../../contract/index.ts"
import { AppError } from "../error.ts"

/**
 * A new name as it is kept: composed, with plain single blanks. Refused is what cannot be seen or
 * pulls its surroundings out of order, and what passes for the operator.
 * @throws AppError `name.invalid`, `name.reserved`
 */
export function personName(text: string): string {
  const name = text
    .normalize("NFC")
    .replace(/\p{Zs}+/gu, " ")
    .trim()
  const { length } = [...name]
  if (length < nameChars.min || length > nameChars.max || unfit.test(name))
    throw new AppError("name.invalid", nameChars)
  if (passesForOperator(name)) throw new AppError("name.reserved", { name })
  return name
}

/**
 * Control, format, private and unassigned characters, those that are drawn as nothing, line ends,
 * towers of accents, and the sign by which a mail address is told from a name.
 */
const unfit = /[\p{C}\p{DI}\p{Zl}\p{Zp}\u2800@]|\p{M}{3}/u

const reserved = new Set(
  `root admin admins administrator administrators sysadmin superuser system operator owner moderator
   mod staff support help helpdesk security official service team webmaster postmaster hostmaster
   billing anonymous visitor guest deleted null undefined chatnio nio site api bot
   管理员 超级管理员 系统管理员 系统 官方 客服 运营 站长 管理員 超級管理員 系統管理員 系統 站長 客服中心
   管理者 運営 公式 администратор админ поддержка модератор система`.split(/\s+/),
)

/** Also with other letters that look the same, with digits for letters, and with signs in between. */
function passesForOperator(name: string): boolean {
  const low = name.normalize("NFKD").toLowerCase()
  const letters = (text: string) => text.replace(/[^\p{L}]/gu, "")
  const drawn = [...low].map((char) => lookAlikes[char] ?? char).join("")
  return [low, drawn].some((text) => reserved.has(letters(text)))
}

/** Letters of other scripts, and digits, that pass for Latin ones. */
const lookAlikes: Record<string, string> = Object.fromEntries(
  [
    ["авекмнорстухіјѕԁһ", "abekmhopctyxijsdh"],
    ["αβγεικνορτυχ", "abyeikvoptux"],
    ["01345$@", "oleassa"],
    ["ıɑɡⅼ", "iagl"],
  ].flatMap(([from = "", to = ""]) => [...from].map((char, at) => [char, to[at] ?? char])),
)
