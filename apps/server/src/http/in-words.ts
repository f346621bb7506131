import type { ZodError } from "zod"

const issuesShownMax = 3

/** What is wrong with an input, for somebody who writes a client: `text: Too big`. */
export const inWords = ({ issues }: ZodError): string =>
  issues
    .slice(0, issuesShownMax)
    .map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message))
    .join("; ")
