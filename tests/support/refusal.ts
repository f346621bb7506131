/** What a promise was rejected with. */
export const refusal = (asked: PromiseLike<unknown>) =>
  asked.then(
    (answer) => {
      throw new Error(`it was answered: ${JSON.stringify(answer)}`)
    },
    (error: unknown) => error,
  )
