/** What is remembered for a while of imports, all of it dispensable. */
export const progressKey = "import:progress"
export const previewKey = "import:preview"
export const failedKey = "import:failed"

export const progressMs = 60_000
export const previewMs = 24 * 60 * 60_000
/** After a failure nobody tries again this long. */
export const failedMs = 60_000

/** Where the original's official image runs. */
export const zoneDefault = "Asia/Shanghai"
