import type { Answer } from "../spec/index.ts"

/** Reads the first batch now and gives it out later: a failure in it is thrown from here. */
export async function primed(answer: Answer): Promise<Answer> {
  let first = await answer.next()
  const { next } = answer
  answer.next = async () => {
    if (!first) return next()
    const batch = first
    first = undefined
    answer.next = next
    return batch
  }
  return answer
}
