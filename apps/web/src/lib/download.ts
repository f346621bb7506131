/** Hands a text over as a file. */
export function downloadText(text: string, fileName: string, type = "text/plain"): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement("a")
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}

/** Hands a value over as a JSON file. */
export const downloadJson = (value: unknown, fileName: string): void =>
  downloadText(`${JSON.stringify(value, null, 2)}\n`, fileName, "application/json")
