const titleChars = 50

/** The beginning of the first question; a picture's sign when it has no words. */
export function titleOf(question: string): string {
  const words = question.replace(/[\s\p{Cc}]+/gu, " ").trim()
  return [...words.slice(0, titleChars * 2)].slice(0, titleChars).join("").trim() || "🖼️"
}
