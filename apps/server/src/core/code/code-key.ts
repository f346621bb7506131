/**
 * A code as it is compared: however it is capitalised, whatever blanks, dashes and invisible
 * characters came along when it was copied, and in whichever width it was typed.
 */
export const codeKeyOf = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{White_Space}\p{Dash}\p{Cc}\p{Cf}\p{Mn}]/gu, "")
